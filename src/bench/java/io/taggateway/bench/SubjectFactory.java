package io.taggateway.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs that are measured, and how each is started. */
final class SubjectFactory {

    private static final int GATEWAY_PORT = 19482;
    private static final int BARE_PORT = 19483;
    private static final int SPRING_PORT = 19484;

    /** As in the image, with the heap that the memory of the gateway is stated for. */
    private static final List<String> JVM = List.of(
            "-Xmx256m", "-XX:+UseSerialGC", "-XX:TrimNativeHeapInterval=5000", "--enable-native-access=ALL-UNNAMED");

    /** What the gateway has and a plain Spring application does not. */
    private static final Pattern NOT_PLAIN = Pattern.compile(
            ".*(security|oauth2|actuator|micrometer-(core|jakarta|metrics|tracing|registry)|spring-boot-micrometer"
                + "|opentelemetry|prometheus|resilience4j|federation|bucket4j|/target/(test-)?classes|spring-boot-test|junit|jqwik).*");

    private static final Map<String, String> SPRING_DOCUMENTS = Map.of(
            "q1", "{tags{id name color}}",
            "q2", "{calls(limit:20){id durationSec tags{id name color}}}",
            "q3", "{calls(limit:20){id durationSec liveTags{id name color}}}",
            "q4", "{tag(id:\"6682840d9286aa59ee000008\"){id name color}}");

    private final Path directory;
    private final Map<String, String> documents = new LinkedHashMap<>();

    SubjectFactory(Path directory) throws IOException {
        this.directory = directory;
        for (String query : GatewayBench.QUERIES) {
            documents.put(
                    query,
                    Files.readString(Path.of("src/bench/queries", query + ".graphql"))
                            .strip());
        }
    }

    /** This gateway, with callers by API key, limits and metrics. */
    Subject gateway(String name, Map<String, String> settings) {
        String vendors = "http://127.0.0.1:" + VendorData.PORT;
        String limit = Integer.toString(Integer.MAX_VALUE);
        Map<String, String> environment = new HashMap<>(Map.of(
                "SERVER_PORT",
                Integer.toString(GATEWAY_PORT),
                "SIPSIM_BASE_URL",
                vendors + "/api/v2",
                "SIPSIM_ACCESS_TOKEN",
                "token",
                "SWIPEONE_BASE_URL",
                vendors + "/api",
                "SWIPEONE_API_KEY",
                "key",
                "SWIPEONE_WORKSPACE_ID",
                VendorData.WORKSPACE,
                "GATEWAY_SECURITY_MODE",
                "api-key",
                "GATEWAY_API_KEYS",
                "bench=" + digest() + ":tags.read+calls.read+contacts.read+admin",
                "GATEWAY_LIMITS_CALLER_REQUESTS_PER_MINUTE",
                limit,
                "GATEWAY_LIMITS_CALLER_COST_PER_MINUTE",
                limit));
        environment.putAll(settings);
        List<String> arguments = new ArrayList<>(JVM);
        arguments.addAll(List.of("-jar", "target/tag-gateway.jar"));
        return new Subject(name, GATEWAY_PORT, arguments, environment, documents);
    }

    /** Reactor Netty alone, with the bytes that the gateway answered with. */
    Subject bare() {
        List<String> arguments = new ArrayList<>(JVM);
        arguments.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                Integer.toString(BARE_PORT),
                directory.toString()));
        return new Subject("bare Reactor Netty", BARE_PORT, arguments, Map.of(), Map.of());
    }

    /** Spring for GraphQL on WebFlux. */
    Subject spring(boolean cached) {
        List<String> arguments = new ArrayList<>(JVM);
        arguments.addAll(List.of(
                "-cp",
                plainClassPath(),
                SpringPeer.class.getName(),
                "--server.address=127.0.0.1",
                "--server.port=" + SPRING_PORT,
                "--peer.cache=" + cached,
                "--spring.graphql.schema.locations=classpath:bench/",
                "--logging.level.root=warn"));
        String name = cached ? "Spring for GraphQL, @Cacheable" : "Spring for GraphQL";
        return new Subject(name, SPRING_PORT, arguments, Map.of(), SPRING_DOCUMENTS);
    }

    private static String plainClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !NOT_PLAIN.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String digest() {
        try {
            byte[] key = GatewayBench.KEY.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
