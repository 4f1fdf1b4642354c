package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.security.ApiKeyDigest;
import io.taggateway.endtoend.CredentialProxy.Received;
import io.taggateway.sandbox.Fault;
import io.taggateway.support.EventStream;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests that no data, event, credential or failure of one tenant reaches another. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class TenantIsolationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OPERATIONS = 200;
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");
    private static final List<String> READS = List.of(
            "{ tags(first: 50) { nodes { id name } } }",
            "{ calls(first: 5) { nodes { id tags { name } } } }",
            "{ contacts(first: 5) { nodes { id tags { name } calls(first: 1) { nodes { tags { name } } } } } }",
            "{ tagGroups(first: 20) { nodes { name tags { name } } } }",
            "{ node(id: \"sipsim:tag:1\") { ... on Tag { name } } call(id: \"sipsim:call:100400\") { tags { name } } }",
            "{ _entities(representations: [{__typename: \"Tag\", id: \"sipsim:tag:1\"}]) { ... on Tag { name } } }");

    private final TenantFixture acme = new TenantFixture("acme");
    private final TenantFixture bolt = new TenantFixture("bolt");
    private final List<TenantFixture> tenants = List.of(acme, bolt);
    private final List<EventStream> streams = new ArrayList<>();
    private final Path file;
    private final RunningGateway gateway;
    private final String url;

    TenantIsolationTests(@TempDir Path directory) {
        this.file = directory.resolve("tenants.yml");
        write(acme.settings("") + bolt.settings(""));
        Map<String, String> variables = new HashMap<>(Map.of(
                "GATEWAY_SECURITY_MODE", "api-key",
                "GATEWAY_TENANTS_FILE", file.toString(),
                "GATEWAY_RELOAD_INTERVAL", "50ms",
                "GATEWAY_REQUEST_TIMEOUT", "30s",
                "GATEWAY_LIMITS_CALLER_REQUESTS_PER_MINUTE", "1000000",
                "GATEWAY_LIMITS_CALLER_COST_PER_MINUTE", "1000000000"));
        for (String tenant : List.of("acme", "bolt", "unknown")) {
            String key = "gateway.security.api-keys." + tenant + '.';
            variables.put(key + "sha256", ApiKeyDigest.of("key-of-" + tenant));
            variables.put(key + "tenant", tenant);
            variables.put(key + "scopes", String.join(",", Caller.ALL_SCOPES));
        }
        this.gateway = RunningGateway.start(variables);
        this.url = gateway.caller().url();
    }

    @AfterAll
    void stop() {
        gateway.close();
        tenants.forEach(TenantFixture::close);
    }

    @AfterEach
    void unsubscribe() {
        streams.forEach(EventStream::close);
        streams.clear();
        await().atMost(PATIENCE).until(() -> tenants.stream().allMatch(tenant -> listeners(tenant) == 0));
    }

    @Test
    void concurrentOperationsEventsAndDeliveriesHaveDataOfTheirTenantOnly() {
        for (TenantFixture tenant : tenants) {
            streams.add(tenant.subscribe(url, "subscription { tagChanged { kind tag { name } previous { name } } }"));
            streams.add(tenant.subscribe(
                    url, "subscription { subjectTagsChanged { subjectId tags { name } added { name } } }"));
            await().atMost(PATIENCE).until(() -> listeners(tenant) == 2);
        }
        Map<TenantFixture, List<CompletableFuture<HttpResponse<String>>>> answers = new HashMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            for (TenantFixture tenant : tenants) {
                answers.computeIfAbsent(tenant, first -> new ArrayList<>())
                        .add(tenant.send(url, Map.of("query", operation(tenant, i))));
                if (i % 20 == 0) {
                    assertThat(tenant.deliver(
                                    url, "/webhooks/" + tenant.name() + "/sipsim", "hook-" + i, tenant.own("VIP")))
                            .isEqualTo(204);
                }
            }
        }
        answers.forEach((tenant, all) -> all.forEach(response -> {
            assertThat(response.join().body()).doesNotContain("\"errors\"");
            assertOwn(tenant, response.join().body());
        }));
        for (int i = 0; i < streams.size(); i++) {
            EventStream stream = streams.get(i);
            TenantFixture tenant = tenants.get(i / 2);
            await().atMost(PATIENCE).until(() -> stream.events().size() >= OPERATIONS / 10);
            stream.events().forEach(event -> assertOwn(tenant, event.toString()));
        }
        for (TenantFixture tenant : tenants) {
            assertThat(tenant.foreign()).isEmpty();
            assertThat(tenant.received())
                    .hasSizeGreaterThan(OPERATIONS / 2)
                    .extracting(Received::text)
                    .noneMatch(text -> text.contains(other(tenant).name()));
        }
    }

    /** About every sixth operation is a write. */
    private static String operation(TenantFixture tenant, int i) {
        return switch (i % 10) {
            case 4 ->
                "mutation { createTag(input: {name: \"" + tenant.own("New " + i) + "\", color: \"#112233\"}) {"
                        + " results { tag { name } } } }";
            case 8 ->
                "mutation { " + (i % 20 == 8 ? "addTags" : "removeTags")
                        + "(input: {subjectId: \"sipsim:call:100400\", tags: [{name: \"" + tenant.own("Spam")
                        + "\"}]}) { userErrors { message } subject { ... on Call { tags { name } } } } }";
            default -> READS.get(i % READS.size());
        };
    }

    private TenantFixture other(TenantFixture tenant) {
        return tenant == acme ? bolt : acme;
    }

    private static void assertOwn(TenantFixture tenant, String text) {
        List<String> names =
                NAME.matcher(text).results().map(result -> result.group(1)).toList();
        assertThat(names).allMatch(name -> name.endsWith(" of " + tenant.name()));
    }

    @Test
    void tagListsOfEachVendorAreCachedForTheirTenantOnly() {
        String query = "{ tags(first: 100) { totalCount nodes { name } sources { status } } }";
        tenants.forEach(tenant -> tenant.execute(url, query));
        tenants.forEach(tenant -> {
            String response = tenant.execute(url, query).toString();
            assertThat(NAME.matcher(response).results().map(MatchResult::group)).hasSizeGreaterThan(20);
            assertOwn(tenant, response);
        });
        MeterRegistry meters = gateway.context().getBean(MeterRegistry.class);
        for (String cache : List.of("tags.sipsim", "tags.swipeone")) {
            assertThat(meters.get("cache.size").tag("cache", cache).gauge().value())
                    .as(cache)
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void registeredDocumentReturnsTheDataOfTheTenantThatExecutesIt() {
        String document = "{ tags(first: 7) { nodes { name } } }";
        Map<String, Object> hash =
                Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", ApiKeyDigest.of(document)));
        acme.send(url, Map.of("query", document, "extensions", hash)).join();
        String response = bolt.send(url, Map.of("extensions", hash)).join().body();
        assertThat(NAME.matcher(response).results()).hasSize(7);
        assertOwn(bolt, response);
    }

    @Test
    void cursorsOfAnotherTenantAreBadUserInput() {
        for (String list : List.of("tags", "calls", "contacts", "tagGroups")) {
            String cursor = acme.execute(url, "{ " + list + "(first: 2) { pageInfo { endCursor } } }")
                    .at("/data/" + list + "/pageInfo/endCursor")
                    .asString();
            String next = "{ " + list + "(first: 2, after: \"" + cursor + "\") { nodes { __typename } } }";
            assertThat(acme.execute(url, next).at("/data/" + list + "/nodes")).hasSize(2);
            JsonNode refused = bolt.execute(url, next);
            assertThat(refused.at("/errors/0/extensions/code").asString())
                    .as(refused.toString())
                    .isEqualTo("BAD_USER_INPUT");
        }
    }

    @Test
    void circuitAndCoolDownApplyToOneTenant() {
        String calls = "{ calls(first: 1) { nodes { id } sources { status } } }";
        String circuit = "{ vendors { circuit } }";
        acme.sandbox().sipsim().fail(Fault.status(500));
        acme.sandbox().swipeone().fail(Fault.status(429));
        try {
            await().atMost(PATIENCE).until(() -> {
                acme.execute(url, calls);
                return acme.execute(url, circuit)
                        .at("/data/vendors/0/circuit")
                        .asString()
                        .equals("OPEN");
            });
            acme.execute(url, "{ contacts(first: 1) { nodes { id } } }");
            assertThat(acme.execute(url, "{ vendors { coolDownUntil } }")
                            .at("/data/vendors/1/coolDownUntil")
                            .isNull())
                    .isFalse();
            assertThat(bolt.execute(url, circuit).at("/data/vendors/0/circuit").asString())
                    .isEqualTo("CLOSED");
            assertThat(bolt.execute(url, calls)
                            .at("/data/calls/sources/0/status")
                            .asString())
                    .isEqualTo("OK");
            assertThat(bolt.execute(url, "{ vendors { coolDownUntil status } }").toString())
                    .contains("\"coolDownUntil\":null,\"status\":\"UP\"")
                    .doesNotContain("DEGRADED");
        } finally {
            acme.sandbox().sipsim().restore();
            acme.sandbox().swipeone().restore();
            write(bolt.settings(""));
            await().atMost(PATIENCE).until(() -> directory(acme) == null);
            write(acme.settings("") + bolt.settings(""));
            await().atMost(PATIENCE)
                    .until(() -> acme.execute(url, calls)
                            .at("/data/calls/sources/0/status")
                            .asString()
                            .equals("OK"));
        }
    }

    @Test
    void deliveriesAreAcceptedWithTheSecretOfTheirTenantOnly() {
        String path = "/webhooks/acme/sipsim";
        acme.execute(url, "{ __typename }");
        assertThat(bolt.deliver(url, path, "crossed", "VIP")).isEqualTo(401);
        assertThat(acme.deliver(url, path, "own", "VIP")).isEqualTo(204);
        assertThat(Stream.of(
                                "/webhooks/unknown/sipsim",
                                "/webhooks/sipsim",
                                "/webhooks/default/sipsim",
                                "/webhooks/acme/x")
                        .map(wrong -> acme.deliver(url, wrong, "lost", "VIP")))
                .containsOnly(404);
        for (TenantFixture tenant : tenants) {
            streams.add(tenant.subscribe(url, "subscription { subjectTagsChanged { subjectId } }"));
            await().atMost(PATIENCE).until(() -> listeners(tenant) == 1);
        }
        for (TenantFixture tenant : tenants) {
            String own = "/webhooks/" + tenant.name() + "/sipsim";
            assertThat(tenant.deliver(url, own, "the-same", "VIP")).isEqualTo(204);
            assertThat(tenant.deliver(url, own, "only-" + tenant.name(), "VIP")).isEqualTo(204);
        }
        await().atMost(PATIENCE)
                .until(() -> streams.stream().allMatch(stream -> stream.events().size() == 2));
        assertThat(streams.getFirst().events().toString()).contains("the-same", "only-acme");
        assertThat(streams.getLast().events().toString()).contains("the-same", "only-bolt");
    }

    @Test
    void callerIsForbiddenWhenItsTenantIsUnknown() {
        try (TenantFixture unknown = new TenantFixture("unknown")) {
            HttpResponse<String> response =
                    unknown.send(url, Map.of("query", "{ vendors { vendor } }")).join();
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body())
                    .contains("\"code\":\"FORBIDDEN\"", "The tenant of the caller is not configured.");
            assertThat(registry().open()).doesNotContainKey(new Tenant("unknown"));
        }
    }

    @Test
    void changedTenantEndsRunningOperationsWithItsOldSettings() {
        String calls = "{ calls(first: 1) { nodes { id } } }";
        CompletableFuture<Boolean> release = bolt.sipsim().hold();
        bolt.sipsim().received().clear();
        CompletableFuture<HttpResponse<String>> running = bolt.send(url, Map.of("query", calls));
        await().atMost(PATIENCE).until(() -> bolt.sipsim().received().size() == 1);
        VendorDirectory old = directory(bolt);
        streams.add(bolt.subscribe(url, "subscription { subjectTagsChanged { subjectId } }"));
        await().atMost(PATIENCE).until(() -> listeners(bolt) == 1);
        write(acme.settings("") + bolt.settings("-changed"));
        await().atMost(PATIENCE).until(streams.getFirst()::isEnded);
        assertThat(bolt.execute(url, calls).at("/data/calls/nodes")).hasSize(1);
        assertThat(directory(bolt)).isNotSameAs(old);
        assertThat(running).isNotDone();
        release.complete(true);
        assertThat(running.join().body()).contains("sipsim:call:").doesNotContain("errors");
        assertThat(bolt.sipsim().received())
                .extracting(Received::credential)
                .containsExactly("Bearer token-of-bolt", "Bearer token-of-bolt-changed");
        write(acme.settings(""));
        await().atMost(PATIENCE)
                .until(() -> bolt.send(url, Map.of("query", calls)).join().statusCode() == 403);
        assertThat(bolt.deliver(url, "/webhooks/bolt/sipsim", "gone", "VIP")).isEqualTo(404);
        assertThat(acme.execute(url, calls).at("/data/calls/nodes")).hasSize(1);
        write(acme.settings("") + bolt.settings(""));
        await().atMost(PATIENCE)
                .until(() -> bolt.send(url, Map.of("query", calls)).join().statusCode() == 200);
        bolt.sipsim().received().clear();
    }

    private int listeners(TenantFixture tenant) {
        VendorDirectory directory = directory(tenant);
        return directory == null ? 0 : directory.feed().listeners();
    }

    private @Nullable VendorDirectory directory(TenantFixture tenant) {
        return registry().open().get(new Tenant(tenant.name()));
    }

    private TenantRegistry registry() {
        return gateway.context().getBean(TenantRegistry.class);
    }

    /** Replaces the file at once. */
    private void write(String content) {
        try {
            Path whole = Files.writeString(file.resolveSibling("next.yml"), "gateway:\n  tenants:\n" + content);
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
