package io.taggateway.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Both vendors, played by one nginx. */
final class VendorServer implements AutoCloseable {

    private final VendorData data;
    private final Process nginx;

    VendorServer(Path directory, int tags) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory(directory, "vendors");
        // Started by root, nginx reads files as another user
        for (Path path : List.of(directory, root)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        data = new VendorData(tags);
        Path configuration = data.write(root);
        nginx = new ProcessBuilder("nginx", "-c", configuration.toString(), "-p", root.toString())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("nginx.log").toFile())
                .start();
        while (!listens()) {
            if (nginx.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(Files.readString(root.resolve("nginx.log")));
            }
        }
    }

    VendorData data() {
        return data;
    }

    private static boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), VendorData.PORT)) {
            return socket.isConnected();
        } catch (IOException exception) {
            return false;
        }
    }

    @Override
    public void close() {
        nginx.destroy();
        try {
            nginx.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }
}
