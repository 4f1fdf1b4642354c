package io.taggateway.cluster;

import io.taggateway.TagGatewayApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A gateway in a process of its own. */
public final class GatewayProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final Map<String, String> variables;
    private final Path log;
    private Process process;

    private GatewayProcess(int port, Map<String, String> variables, Path log) {
        this.port = port;
        this.variables = variables;
        this.log = log;
        this.process = begin();
    }

    /** Begins to start a gateway with environment variables. */
    public static GatewayProcess begin(Map<String, String> variables) {
        try {
            Path log = Files.createTempFile("gateway", ".log");
            log.toFile().deleteOnExit();
            return new GatewayProcess(ServerProcess.freePort(), variables, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the gateway accepts requests. */
    public GatewayProcess ready() {
        Awaitility.await().atMost(START_LIMIT).until(this::isReady);
        return this;
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The gateway has ended: " + log());
        }
        return status("/readyz") == 200;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The HTTP status of a GET; 0 without an answer. */
    public int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The body of the answer to a GET. */
    public String text(String path) {
        try {
            return get(path).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(url() + path))
                            .timeout(Duration.ofSeconds(2))
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the gateway has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exit status, after the end of the process. */
    public int exitStatus() {
        return process.onExit().join().exitValue();
    }

    /** Ends the gateway at once (SIGKILL). */
    public void kill() {
        ServerProcess.kill(process);
    }

    /** Asks the gateway to stop (SIGTERM). */
    public void stop() {
        process.destroy();
    }

    /** Stops the gateway without closing its connections (SIGSTOP). */
    public void pause() {
        ServerProcess.pause(process);
    }

    /** Continues a paused gateway. */
    public void resume() {
        ServerProcess.resume(process);
    }

    /** Begins to start a gateway that has ended on the same port again. */
    public void restart() {
        process = begin();
    }

    private Process begin() {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TagGatewayApplication.class.getName()));
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("SERVER_PORT", String.valueOf(port));
        builder.environment().putAll(environment);
        return ServerProcess.start(
                builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    @Override
    public void close() {
        kill();
    }
}
