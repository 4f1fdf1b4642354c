package io.taggateway.vendor.sipsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.RawConnection;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.SubjectTagsEvent;
import io.taggateway.tagging.model.Tag;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.reactive.server.WebTestClient.RequestBodySpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Tests of SIPSIM's webhook: which deliveries are accepted, and what is published. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
@ExtendWith(OutputCaptureExtension.class)
class SipsimWebhookTests {

    private static final String SECRET = "whsec-of-a-test";
    private static final String CAPABILITIES = "{ vendors { capabilities } }";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final SandboxedGateway gateway = SandboxedGateway.start(Map.of("SIPSIM_WEBHOOK_SECRET", SECRET));
    private final SandboxVendor<?> vendor = gateway.sandbox().sipsim();
    private final List<SubjectTagsEvent> heard = new CopyOnWriteArrayList<>();

    SipsimWebhookTests() {
        ChangeFeed feed = gateway.gateway().feed();
        feed.subjects(event -> true).subscribe(heard::add);
    }

    @BeforeEach
    void clearEvents() {
        vendor.removeFaults();
        vendor.clearRequests();
        heard.clear();
    }

    @AfterAll
    void close() {
        gateway.close();
    }

    @Test
    void vendorHasWebhookCapability() {
        assertThat(gateway.gateway().caller().texts(CAPABILITIES, "vendors[0].capabilities[*]"))
                .contains("WEBHOOKS");
    }

    @Test
    void invalidSignatureIsRefused() {
        String body = tags("refused", "VIP");
        String now = seconds(Duration.ZERO);
        String signature = sign(SECRET, now, body);
        refuse(now, null, body);
        refuse(null, signature, body);
        refuse(now, "", body);
        refuse(now, signature.substring(1), body);
        refuse(now, signature.toUpperCase(Locale.ROOT), body);
        refuse(now, "sha256=" + signature, body);
        refuse(now, sign("another", now, body), body);
        refuse(now, signature, body + " ");
        refuse("1" + now, signature, body);
        refuse("now", sign(SECRET, "now", body), body);
        for (long minutes : new long[] {-6, 6}) {
            String other = seconds(Duration.ofMinutes(minutes));
            refuse(other, sign(SECRET, other, body), body);
        }
        assertThat(vendor.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, 4})
    void clocksMayDifferByAFewMinutes(int minutes) {
        String time = seconds(Duration.ofMinutes(minutes));
        String body = "{\"event\":\"sms\"}";
        post(time, sign(SECRET, time, body), body).expectStatus().isNoContent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"event\":\"tags\"}",
                "{\"event\":\"tags\",\"pbx_id\":\"1\"}",
                "{\"event\":\"tags\",\"pbx_id\":\"1\",\"tags\":\"VIP\"}"
            })
    void signedInvalidBodyIsABadRequest(String body) {
        ResponseSpec response = deliver(body);
        response.expectStatus().isBadRequest();
        response.expectBody().jsonPath("$.error").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "e080af", "eda080", "ff"})
    void bodyThatIsNotValidUtf8IsABadRequest(String hex) throws IOException {
        String body = "{\"event\":\"" + new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1) + "\"}";
        assertThat(answer("Content-Length: " + body.length(), body))
                .startsWith("HTTP/1.1 400 ")
                .contains("The body is not valid UTF-8.");
    }

    @Test
    void malformedChunkIsABadRequest(CapturedOutput log) throws IOException {
        MeterRegistry meters = gateway.gateway().context().getBean(MeterRegistry.class);
        long before = refused(meters);
        assertThat(answer("Transfer-Encoding: chunked", "f\r\n{\"event\":\"sms\"}\r\nzz\r\n"))
                .startsWith("HTTP/1.1 400 ");
        await().untilAsserted(() -> assertThat(refused(meters)).isEqualTo(before + 1));
        assertThat(log).doesNotContain("ERROR");
    }

    private static long refused(MeterRegistry meters) {
        return meters.find("http.server.requests").tag("status", "400").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private String answer(String line, String body) throws IOException {
        try (RawConnection connection =
                RawConnection.open(URI.create(gateway.url()).getPort())) {
            String time = seconds(Duration.ZERO);
            return connection
                    .send("POST /webhooks/sipsim HTTP/1.1\r\nHost: localhost\r\nX-Webhook-Timestamp: " + time
                            + "\r\nX-Webhook-Signature: " + sign(SECRET, time, body) + "\r\n" + line + "\r\n\r\n"
                            + body)
                    .read();
        }
    }

    /** An event with such an id would fail the subscriptions that receive it. */
    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../b", "a\\u0000b", "a\\uD800b"})
    void callThatCannotBeNamedIsABadRequest(String call) {
        deliver(tags(call, "VIP")).expectStatus().isBadRequest();
        deliver(tags("named" + call.hashCode(), "VIP")).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> !heard.isEmpty());
        assertThat(heard)
                .extracting(SubjectTagsEvent::subjectId)
                .containsExactly("sipsim:call:named" + call.hashCode());
    }

    @Test
    void bodyIsNotReadWhenTooLarge() {
        deliver("x".repeat(64 * 1024 + 1)).expectStatus().isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"test\",\"pbx_id\":\"test_000000\",\"timestamp\":\"2025-01-15T10:36:00Z\"}",
                "{\"event\":\"incoming_call_end\",\"pbx_id\":\"call_1\",\"status\":\"ANSWER\"}",
                "{\"event\":\"something_new\"}"
            })
    void otherEventsAreAcceptedAndIgnored(String body) {
        deliver(body).expectStatus().isNoContent();
        assertThat(vendor.requests()).isEmpty();
    }

    @Test
    void tagsOfCallArePublishedFromReloadedList() {
        String id = gateway.records().addSipsimTag("Brand New", "#112233");
        vendor.clearRequests();
        deliver(tags("call_+33/1", "VIP", "Brand New")).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> !heard.isEmpty());
        assertThat(heard).singleElement().satisfies(event -> {
            assertThat(event.subjectId()).isEqualTo("sipsim:call:call_%2B33%2F1");
            assertThat(event.tags()).extracting(Tag::name).containsExactly("VIP", "Brand New");
            assertThat(event.tags()).extracting(Tag::remoteId).contains(id);
        });
        assertThat(TestGateway.requests(vendor)).containsExactly("GET /tags");
    }

    @Test
    void repeatedDeliveryIsIgnoredAndALaterChangeIsPublished() {
        deliver(tags("again", "VIP")).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 1);
        deliver(tags("again", "VIP")).expectStatus().isNoContent();
        deliver(tags("again", "VIP", "Spam")).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 2);
        assertThat(heard.getLast().added()).extracting(Tag::name).containsExactly("Spam");
        assertThat(TestGateway.requests(vendor)).containsExactly("GET /tags", "GET /tags");
    }

    @Test
    void changeIsPublishedWhenItsTagsHaveTheSameHashCode() {
        assertThat(List.of("Aa")).hasSameHashCodeAs(List.of("BB"));
        int told = 0;
        for (String[] names : new String[][] {{"Aa"}, {"BB"}, {"Aa", "BB"}, {"AaBB"}}) {
            deliver(tags("alike", names)).expectStatus().isNoContent();
            int count = ++told;
            await().atMost(PATIENCE).until(() -> heard.size() == count);
        }
    }

    @Test
    void eventsThatArriveDuringAReadWaitForOneMoreRead() {
        vendor.fail(Fault.slow(Duration.ofSeconds(3)).times(1));
        deliver(tags("burst-0", "VIP")).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> vendor.requests().size() == 1);
        for (int i = 1; i < 20; i++) {
            deliver(tags("burst-" + i, "VIP")).expectStatus().isNoContent();
        }
        assertThat(heard).isEmpty();
        await().atMost(PATIENCE).until(() -> heard.size() == 20);
        assertThat(vendor.requests()).hasSize(2);
    }

    @Test
    void unknownTagsAreReadBySubscribers() {
        deliver(tags("unknown", "VIP", "Nobody knows me")).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 1);
        assertThat(heard.getFirst().tags()).isNull();
        vendor.fail(Fault.status(500));
        deliver(tags("unasked", "VIP")).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 2);
        assertThat(heard.getLast().tags()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[null]",
                "[{}]",
                "[{\"id\":1}]",
                "[\"VIP\",null]",
                "[\"VIP\",{\"id\":2}]",
                "[[\"VIP\"]]",
                "null",
                "{}",
                "{\"0\":\"VIP\"}"
            })
    void changeHasNoTagsWhenTheirNamesAreMissing(String tags) {
        String call = "nameless-" + Integer.toUnsignedString(tags.hashCode());
        deliver(tags(call, "VIP")).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 1);
        deliver(tags(call, "VIP").replace("[\"VIP\"]", tags)).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 2);
        assertThat(heard.getLast().tags()).isNull();
        assertThat(heard.getLast().removed()).isNull();
    }

    @Test
    void tagsAsObjectsAreFoundByTheirNames() {
        deliver(tags("objects", "VIP").replace("\"VIP\"", "{\"id\":1,\"name\":\"VIP\"}"))
                .expectStatus()
                .isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 1);
        assertThat(heard.getFirst().tags()).extracting(Tag::name).containsExactly("VIP");
        deliver(tags("objects")).expectStatus().isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 2);
        assertThat(heard.getLast().tags()).isEmpty();
        assertThat(heard.getLast().removed()).extracting(Tag::name).containsExactly("VIP");
    }

    @Test
    void deliveryOfAnOlderChangeIsNotPublished() {
        deliver(tags("late", "VIP", "Spam").replace("10:36:00", "10:36:05"))
                .expectStatus()
                .isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 1);
        deliver(tags("late", "VIP")).expectStatus().isNoContent();
        deliver(tags("late", "Spam").replace("10:36:00", "10:36:06"))
                .expectStatus()
                .isNoContent();
        await().atMost(PATIENCE).until(() -> heard.size() == 2);
        assertThat(heard.getLast().removed()).extracting(Tag::name).containsExactly("VIP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-01-15T10:36:00Z", "2035-01-15T10:36:00Z", "unknown"})
    void deliveriesOfTheGatewaysOwnWritesAreNotPublished(String time) {
        String call = "100400";
        List<String> names = new ArrayList<>(tagsOf(call));
        write("addTags", "Spam");
        names.remove("Spam");
        String[] before = names.toArray(String[]::new);
        names.add("Spam");
        write("removeTags", "Spam");
        await().atMost(PATIENCE).until(() -> heard.size() == 2);
        heard.clear();
        deliver(tags(call, names.toArray(String[]::new)).replace("2025-01-15T10:36:00Z", time))
                .expectStatus()
                .isNoContent();
        deliver(tags(call, before).replace("2025-01-15T10:36:00Z", time))
                .expectStatus()
                .isNoContent();
        deliver(tags("after-" + time.charAt(2), "VIP")).expectStatus().isNoContent();
        await().atMost(PATIENCE)
                .until(() -> heard.stream().anyMatch(event -> event.subjectId().contains("after-")));
        assertThat(heard).hasSize(1);
    }

    private List<String> tagsOf(String call) {
        String query = "{ call(id: \"sipsim:call:" + call + "\") { tags { name } } }";
        return gateway.gateway().caller().texts(query, "call.tags[*].name");
    }

    private void write(String mutation, String tag) {
        String input = "{subjectId: \"sipsim:call:100400\", tags: [{name: \"" + tag + "\"}]}";
        gateway.gateway()
                .caller()
                .execute("mutation { " + mutation + "(input: " + input + ") { userErrors { code } } }");
    }

    private void refuse(@Nullable String timestamp, @Nullable String signature, String body) {
        post(timestamp, signature, body)
                .expectStatus()
                .isUnauthorized()
                .expectBody(String.class)
                .isEqualTo("{\"error\":\"The signature is missing or not valid.\"}");
    }

    private ResponseSpec deliver(String body) {
        String now = seconds(Duration.ZERO);
        return post(now, sign(SECRET, now, body), body);
    }

    private ResponseSpec post(@Nullable String timestamp, @Nullable String signature, String body) {
        RequestBodySpec request = gateway.gateway().caller().http().post().uri("/webhooks/sipsim");
        if (timestamp != null) {
            request.header("X-Webhook-Timestamp", timestamp);
        }
        if (signature != null) {
            request.header("X-Webhook-Signature", signature);
        }
        return request.bodyValue(body).exchange();
    }

    private static String tags(String call, String... names) {
        String quoted = Stream.of(names).map(name -> '"' + name + '"').collect(Collectors.joining(","));
        return "{\"event\":\"tags\",\"caller\":\"+33612345678\",\"time\":\"2025-01-15T10:36:00Z\",\"pbx_id\":\"" + call
                + "\",\"tags\":[" + quoted + "]}";
    }

    private static String seconds(Duration ahead) {
        return Long.toString(Instant.now().plus(ahead).getEpochSecond());
    }

    @Test
    void staleDeliveryIsRefusedBeforeItsBodyIsRead() throws IOException {
        int port = URI.create(gateway.url()).getPort();
        for (String headers : List.of(
                "X-Webhook-Timestamp: 1000000000\r\nX-Webhook-Signature: 00\r\n", "X-Webhook-Signature: 00\r\n", "")) {
            try (RawConnection connection = RawConnection.open(port)) {
                connection.send("POST /webhooks/sipsim HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n"
                        + headers + "\r\n{");
                assertThat(connection.read()).startsWith("HTTP/1.1 401 ");
            }
        }
    }

    private static String sign(String secret, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
