package io.taggateway.vendor.swipeone;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.Warning.WarningCode;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.tag.TagDetailsInput;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import io.taggateway.tagging.tag.TagWriteService;
import io.taggateway.tagging.tag.TagWriteService.CreateTagInput;
import io.taggateway.tagging.tag.TagWriter.IfExists;
import io.taggateway.upstream.http.ScriptedServer;
import io.taggateway.upstream.http.ScriptedServer.Received;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import io.taggateway.upstream.http.Secret;
import io.taggateway.upstream.http.UpstreamFixture;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests of names that Swipe One stores in another form than they were sent. */
class StoredNameTests {

    private final ScriptedServer server = new ScriptedServer();
    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final Map<String, String> labels = new ConcurrentSkipListMap<>();
    private final TagWriteService service = new TagWriteService();
    private final VendorDirectory directory = new VendorDirectory(
            new AccountSet(
                    List.of(new SwipeOneAccountFactory(kit.upstream(), UpstreamFixture.phoneNumbers(null), kit.clock())
                            .open(kit.settings(new SwipeOneProperties(
                                    true,
                                    server.baseUrl() + "/",
                                    false,
                                    Secret.of("key"),
                                    "w",
                                    SwipeOneProperties.ColorFormat.NAME,
                                    UpstreamFixture.settings(UpstreamFixture.PATIENCE)
                                            .limits(),
                                    UpstreamFixture.settings(UpstreamFixture.PATIENCE)
                                            .retry(),
                                    UpstreamFixture.settings(UpstreamFixture.PATIENCE)
                                            .circuit())))),
                    new CursorCodec(new byte[] {1})),
            new ChangeFeed(8),
            Duration.ofMinutes(1));

    @AfterEach
    void close() {
        directory.close();
        kit.close();
        server.close();
    }

    static Stream<Arguments> vendors() {
        return Stream.of(
                stored("cut at an emoji", "Hot 🔥 lead", name -> name.replaceAll(" 🔥.*", "")),
                stored(
                        "cut at a length",
                        "A very long name that ends",
                        name -> name.substring(0, Math.min(12, name.length()))),
                stored("escaped", "Q & A", name -> name.replace("&", "&amp;")),
                stored("blanks collapsed", "Two  blanks", name -> name.replaceAll(" +", " ")),
                stored("upper case", "Straße", name -> name.toUpperCase(Locale.ROOT)),
                stored("decomposed", "Été", name -> Normalizer.normalize(name, Normalizer.Form.NFD)),
                stored("question marks", "日本", name -> name.replaceAll("[^ -~]", "?")),
                stored("replaced", "New", name -> "Category " + name));
    }

    private static Arguments stored(String how, String name, UnaryOperator<String> storing) {
        return Arguments.of(Named.of(how, storing), name);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void tagIsCreatedOnceWhenItsNameIsStoredDifferently(UnaryOperator<String> storing, String name) {
        play(storing);
        TagResult created = create(name);
        assertThat(created.status()).isEqualTo(WriteStatus.CREATED);
        assertThat(created.tag()).isNotNull().extracting("name").isEqualTo(storing.apply(name));
        assertThat(created.warnings()).extracting(Warning::code).contains(WarningCode.NAME_CHANGED);
        for (int again = 0; again < 3; again++) {
            TagResult reused = create(name);
            assertThat(reused.status()).isEqualTo(WriteStatus.REUSED);
            assertThat(reused.tag()).isEqualTo(created.tag());
        }
        assertThat(sent("POST")).isEqualTo(1);
        labels.clear();
        clock.advance(Duration.ofMinutes(1));
        assertThat(create(name).status()).isEqualTo(WriteStatus.CREATED);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void tagIsRenamedOnceWhenItsNameIsStoredDifferently(UnaryOperator<String> storing, String name) {
        labels.put("t0", "Before");
        play(storing);
        TagResult renamed = rename(name);
        assertThat(renamed.status()).isEqualTo(WriteStatus.UPDATED);
        assertThat(renamed.tag()).isNotNull().extracting("name").isEqualTo(storing.apply(name));
        assertThat(renamed.warnings()).extracting(Warning::code).contains(WarningCode.NAME_CHANGED);
        assertThat(rename(name).status()).isEqualTo(WriteStatus.UNCHANGED);
        assertThat(sent("PATCH")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void renameThatChangedNothingIsRefused(UnaryOperator<String> storing, String name) {
        labels.put("t0", "Before");
        play(kept -> "Before");
        assertThat(rename(name).userErrors()).hasSize(1);
    }

    private TagResult create(String name) {
        return SourceAssertions.require(
                        service.create(directory, new CreateTagInput(name, "gray", null, null, IfExists.REUSE, false)))
                .results()
                .getFirst();
    }

    private TagResult rename(String name) {
        return SourceAssertions.require(
                        service.update(directory, "swipeone:tag:t0", new TagDetailsInput(name, null, null), false))
                .results()
                .getFirst();
    }

    private long sent(String method) {
        return server.requests().stream()
                .filter(request -> request.method().equals(method))
                .count();
    }

    private void play(UnaryOperator<String> storing) {
        server.answer(request -> {
            if (request.method().equals("GET")) {
                return Reply.json("{\"data\":{\"tags\":["
                        + labels.entrySet().stream()
                                .map(tag -> json(tag.getKey(), tag.getValue()))
                                .collect(Collectors.joining(","))
                        + "]}}");
            }
            String id = request.method().equals("POST") ? "t" + (sent("POST") + 1) : "t0";
            labels.put(id, storing.apply(label(request)));
            return Reply.json(201, "{\"data\":{\"tag\":" + json(id, labels.get(id)) + "}}");
        });
    }

    private static String label(Received request) {
        return JsonMapper.shared().readTree(request.body()).path("label").asString();
    }

    private static String json(String id, String label) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of("_id", id, "label", label, "name", "key_" + id, "color", "gray"));
    }
}
