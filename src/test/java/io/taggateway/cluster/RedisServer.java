package io.taggateway.cluster;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server on a random port, with which tests do what happens to servers. It stores nothing on disk. */
public final class RedisServer implements AutoCloseable {

    /** Extracted from a jar, which takes longer than a start. */
    private static final String PROGRAM = program();

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The nodes of a cluster also listen on a port that is higher by 10,000. */
    private static final int MAX_NODE_PORT = 55_535;

    private final int port;
    private final List<String> command;
    private Process process;
    private @Nullable RedisClient client;
    private @Nullable RedisCommands<String, byte[]> commands;

    private RedisServer(int port, List<String> command) {
        this.port = port;
        this.command = command;
        this.process = begin();
    }

    /** Starts a server with options such as {@code --requirepass secret}, and waits until it can be used. */
    public static RedisServer start(String... options) {
        return start(ServerProcess.freePort(), options);
    }

    /** Starts a node of a cluster, which stores its configuration in a directory. */
    static RedisServer startNode(Path directory) {
        int port = ServerProcess.freePort();
        while (port > MAX_NODE_PORT) {
            port = ServerProcess.freePort();
        }
        return start(
                port,
                "--cluster-enabled",
                "yes",
                "--dir",
                directory.toString(),
                "--cluster-config-file",
                "nodes-" + port + ".conf");
    }

    private static RedisServer start(int port, String... options) {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM,
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                System.getProperty("java.io.tmpdir"),
                "--dbfilename",
                "redis-" + port + ".rdb"));
        command.addAll(List.of(options));
        return new RedisServer(port, command);
    }

    /** Starts a Sentinel with a configuration file, which it changes. */
    public static RedisServer sentinel(Path configuration) {
        int port = ServerProcess.freePort();
        return new RedisServer(
                port,
                List.of(
                        PROGRAM,
                        configuration.toString(),
                        "--sentinel",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port)));
    }

    private static String program() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** The value of {@code REDIS_URL}. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /**
     * Commands of a test, which do not depend on the connections under test: they wait until a paused server continues.
     */
    public RedisCommands<String, byte[]> commands() {
        RedisCommands<String, byte[]> opened = commands;
        if (opened == null) {
            RedisClient opening = RedisClient.create(url());
            opened = opening.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))
                    .sync();
            client = opening;
            commands = opened;
        }
        return opened;
    }

    /** Ends the server at once (SIGKILL); its data is lost. */
    public void kill() {
        ServerProcess.kill(process);
    }

    /** Stops the server without closing its connections (SIGSTOP). */
    public void pause() {
        ServerProcess.pause(process);
    }

    /** Continues a paused server. */
    public void resume() {
        ServerProcess.resume(process);
    }

    /** Starts a killed server on the same port. */
    public void restart() {
        process = begin();
    }

    private Process begin() {
        Process begun = ServerProcess.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD));
        Awaitility.await().atMost(LIMIT).until(this::answers);
        return begun;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdown(Duration.ZERO, LIMIT);
        }
        resume();
        kill();
        // Written by servers that replicate
        new File(System.getProperty("java.io.tmpdir"), "redis-" + port + ".rdb").delete();
    }
}
