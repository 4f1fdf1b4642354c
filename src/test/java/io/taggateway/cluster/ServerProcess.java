package io.taggateway.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** A process of a server that a test ends and pauses. */
final class ServerProcess {

    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        // Also if the test's JVM is interrupted
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private ServerProcess() {}

    /** Starts it. It is ended with this JVM at the latest, also if it is paused. */
    @SuppressWarnings("FutureReturnValueIgnored")
    static Process start(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            STARTED.add(process);
            process.onExit().thenAccept(STARTED::remove);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that is free now. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once (SIGKILL). */
    static void kill(Process process) {
        process.destroyForcibly().onExit().join();
    }

    /** Stops it without closing its connections (SIGSTOP), and waits until it has stopped. */
    static void pause(Process process) {
        signal(process, "STOP");
        Path state = Path.of("/proc", String.valueOf(process.pid()), "stat");
        Awaitility.await()
                .until(() -> Files.notExists(state) || Files.readString(state).contains(") T "));
    }

    /** Continues it. */
    static void resume(Process process) {
        signal(process, "CONT");
    }

    private static void signal(Process process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
