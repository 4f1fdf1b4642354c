package io.taggateway.vendor.sipsim;

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

/** Tests of names that SIPSIM stores in another form than they were sent. */
class SipsimStoredNameTests {

    private final ScriptedServer server = new ScriptedServer();
    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final Map<String, String> names = new ConcurrentSkipListMap<>();
    private final TagWriteService service = new TagWriteService();
    private final VendorDirectory directory = new VendorDirectory(
            new AccountSet(
                    List.of(new SipsimAccountFactory(kit.upstream(), UpstreamFixture.phoneNumbers(null), kit.clock())
                            .open(kit.settings(new SipsimProperties(
                                    true,
                                    server.baseUrl(),
                                    false,
                                    Secret.of("token"),
                                    "",
                                    Secret.of(""),
                                    "",
                                    Secret.of(""),
                                    "",
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
        names.clear();
        clock.advance(Duration.ofMinutes(1));
        assertThat(create(name).status()).isEqualTo(WriteStatus.CREATED);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void tagIsRenamedOnceWhenItsNameIsStoredDifferently(UnaryOperator<String> storing, String name) {
        names.put("1", "Before");
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
        names.put("1", "Before");
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
                        service.update(directory, "sipsim:tag:1", new TagDetailsInput(name, null, null), false))
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
                return Reply.json("{\"status\":200,\"data\":["
                        + names.entrySet().stream()
                                .map(tag -> json(tag.getKey(), tag.getValue()))
                                .collect(Collectors.joining(","))
                        + "],\"pagination\":{\"has_more\":false}}");
            }
            boolean created = request.method().equals("POST");
            String id = created ? String.valueOf(sent("POST") + 1) : "1";
            names.put(id, storing.apply(name(request)));
            return Reply.json(
                    created ? 201 : 200,
                    "{\"status\":" + (created ? 201 : 200) + ",\"data\":" + json(id, names.get(id)) + "}");
        });
    }

    private static String name(Received request) {
        return JsonMapper.shared().readTree(request.body()).path("name").asString();
    }

    private static String json(String id, String name) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of("id", Integer.valueOf(id), "name", name, "color", "#6B7280"));
    }
}
