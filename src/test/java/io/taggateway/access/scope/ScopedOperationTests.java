package io.taggateway.access.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.api.scope.DeniedTypeCheck;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.operation.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.server.WebGraphQlHandler;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

/** Tests of operations whose caller lacks some of their scopes. */
@GatewayTest
class ScopedOperationTests {

    private static final String CALL = "sipsim:call:100399";
    private static final String CONTACT = "swipeone:contact:6682840d9286aa59ee001001";
    private static final String IDS = "[\"sipsim:tag:6\", \"%s\", \"%s\"]".formatted(CALL, CONTACT);

    private final TestGateway gateway;
    private final ScopedCaller caller;

    ScopedOperationTests(TestGateway gateway, @Autowired WebGraphQlHandler handler) {
        this.gateway = gateway;
        this.caller = new ScopedCaller(handler, Set.of());
    }

    @Test
    void restOfTheResponseIsReturnedWhenAScopeIsMissing() {
        JsonNode response = caller.with(Set.of("calls.read"))
                .execute("{ tags { totalCount } calls(first: 3) { nodes { id tags { id } contact { id } } }"
                        + " contacts { totalCount } vendors { vendor tagList { count } } }");
        assertThat(response.at("/data/tags").isNull()).isTrue();
        assertThat(response.at("/data/contacts").isNull()).isTrue();
        assertThat(response.at("/data/calls/nodes")).hasSize(3).allSatisfy(call -> {
            assertThat(call.path("id").isString()).isTrue();
            assertThat(call.path("tags").isNull()).isTrue();
            assertThat(call.path("contact").isNull()).isTrue();
        });
        assertThat(response.at("/data/vendors")).isNotEmpty();
        assertThat(response.path("errors"))
                .hasSize(2 + 2 * 3 + response.at("/data/vendors").size());
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactly("GET /calls");
        assertThat(gateway.swipeone().requests()).isEmpty();
    }

    @Test
    void refusalNamesTheScope() {
        JsonNode error = caller.execute("{\n  mine: tags { totalCount }\n}")
                .path("errors")
                .path(0);
        assertThat(error.path("message").asString())
                .isEqualTo("`Query.tags` needs the scope `tags.read`, which the caller does not have.");
        assertThat(error.path("path").toString()).isEqualTo("[\"mine\"]");
        assertThat(error.path("locations").toString()).isEqualTo("[{\"line\":2,\"column\":3}]");
        assertThat(error.at("/extensions/code").asString()).isEqualTo("FORBIDDEN");
        assertThat(error.at("/extensions/classification").asString()).isEqualTo("FORBIDDEN");
        assertThat(error.at("/extensions/retryable").asBoolean(true)).isFalse();
        assertThat(error.at("/extensions/errorId").asString()).hasSize(36);
        assertThat(error.at("/extensions/requiredScopes").toString()).isEqualTo("[[\"tags.read\"]]");
    }

    @ParameterizedTest
    @CsvSource({"tags.read, 0", "calls.read, 1", "contacts.read, 2"})
    void objectsOfDeniedTypesAreMissingFromNodesWithoutVendorRequests(String scope, int index) {
        JsonNode response = caller.with(Set.of(scope)).execute("{ nodes(ids: " + IDS + ") { id } }");
        for (int i = 0; i < 3; i++) {
            assertThat(response.at("/data/nodes/" + i).isNull()).isEqualTo(i != index);
        }
        assertThat(paths(response))
                .containsExactlyElementsOf(Stream.of(0, 1, 2)
                        .filter(each -> each != index)
                        .map(each -> "[\"nodes\"," + each + "]")
                        .toList());
        assertThat(gateway.requestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"tags.read, '0,1'", "calls.read, 2", "contacts.read, 3"})
    void entitiesOfDeniedTypesAreMissingWithoutVendorRequests(String scope, String allowed) {
        List<String> indexes = List.of(allowed.split(","));
        JsonNode response = caller.with(Set.of(scope))
                .execute("{ _entities(representations: [{__typename: \"Tag\", id: \"sipsim:tag:6\"},"
                        + " {__typename: \"TagGroup\", slug: \"vip\"}, {__typename: \"Call\", id: \"" + CALL
                        + "\"}, {__typename: \"Contact\", id: \"" + CONTACT + "\"}]) { __typename } }");
        for (int i = 0; i < 4; i++) {
            assertThat(response.at("/data/_entities/" + i).isNull()).isNotEqualTo(indexes.contains(String.valueOf(i)));
        }
        assertThat(paths(response)).hasSize(4 - indexes.size());
        assertThat(response.path("errors"))
                .allSatisfy(error ->
                        assertThat(error.at("/extensions/code").asString()).isEqualTo("FORBIDDEN"));
        assertThat(gateway.requestCount()).isEqualTo(scope.equals("tags.read") ? 2 : 1);
    }

    @Test
    void operationIsRefusedBeforeAnyWriteWhenOneMutationIsDenied() {
        JsonNode response = caller.with(Set.of("tags.write", "tags.read"))
                .execute("mutation { createTag(input: {name: \"Written\"}) { userErrors { code } } denied:"
                        + " addTags(input:"
                        + " {subjectId:"
                        + " \"" + CALL + "\", tags: [{name: \"VIP\"}]}) { userErrors { code } } }");
        assertThat(response.path("data").isNull()).isTrue();
        assertThat(response.has("data")).isTrue();
        assertThat(paths(response)).containsExactly("[\"denied\"]");
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "calls.tags.write,    call,    true",
        "calls.tags.write,    contact, false",
        "contacts.tags.write, call,    false",
        "contacts.tags.write, contact, true"
    })
    void subjectDecidesWhichScopeItsTagsNeed(String scope, String subject, boolean isAllowed) {
        String id = subject.equals("call") ? CALL : CONTACT;
        List<String> mutations = List.of(
                "addTags(input: {subjectId: \"%s\", tags: [{name: \"Hot Lead\"}], dryRun: true})",
                "removeTags(input: {subjectId: \"%s\", tags: [{name: \"Hot Lead\"}], dryRun: true})",
                "setTags(input: {subjectId: \"%s\", tags: [{name: \"Hot Lead\"}], dryRun: true})",
                "tagSubjects(input: {subjectIds: [\"%s\"], add: [{name: \"Hot Lead\"}], dryRun: true})");
        for (String mutation : mutations) {
            JsonNode response = caller.with(Set.of(scope))
                    .execute("mutation { " + mutation.formatted(id) + " { userErrors { code } } }");
            assertThat(response.path("errors").isEmpty()).as("%s", response).isEqualTo(isAllowed);
            assertThat(response.path("data").isNull()).isNotEqualTo(isAllowed);
        }
        assertThat(gateway.requestCount() > 0).isEqualTo(isAllowed);
    }

    @Test
    void mutationIsRefusedWhenOneOfItsSubjectsIsDenied() {
        JsonNode response = caller.with(Set.of("calls.tags.write"))
                .execute(
                        "mutation($ids: [ID!]!) { tagSubjects(input: {subjectIds: $ids, add: [{name: \"VIP\"}]})"
                                + " { changed } }",
                        Map.of("ids", List.of(CALL, CONTACT)));
        assertThat(response.path("data").isNull()).isTrue();
        assertThat(response.at("/errors/0/extensions/requiredScopes").toString())
                .isEqualTo("[[\"contacts.tags.write\"]]");
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void missingTagsAreNotCreatedWithoutTheScopeOfTags(boolean createMissing) {
        JsonNode response = caller.with(Set.of("calls.tags.write"))
                .execute("mutation { addTags(input: {subjectId: \"" + CALL + "\", tags: [{name: \"New here\"}],"
                        + " createMissing: " + createMissing + ", dryRun: true}) { userErrors { code } } }");
        assertThat(response.path("data").isNull()).isEqualTo(createMissing);
        assertThat(gateway.requestCount() == 0).isEqualTo(createMissing);
    }

    @Test
    void mutationIsRefusedIfItsResultCouldNotBeReturned() {
        String mutation = "mutation { tagSubjects(input: {subjectIds: [\"" + CALL
                + "\"], add: [{name: \"VIP\"}]}) { results { status %s } } }";
        ScopedCaller writer = caller.with(Set.of("calls.tags.write"));
        JsonNode refused = writer.execute(mutation.formatted("added { name }"));
        assertThat(refused.path("data").isNull()).isTrue();
        assertThat(paths(refused)).containsExactly("[\"tagSubjects\"]");
        assertThat(refused.at("/errors/0/message").asString())
                .startsWith("`SubjectResult.added` needs the scope `tags.read`");
        assertThat(gateway.requestCount()).isZero();
        JsonNode done = writer.execute(mutation.formatted("subject { id }"));
        assertThat(done.at("/data/tagSubjects/results/0/status").asString()).isEqualTo("UPDATED");
        assertThat(done.at("/data/tagSubjects/results/0/subject").isNull()).isTrue();
        assertThat(paths(done)).containsExactly("[\"tagSubjects\",\"results\",0,\"subject\"]");
    }

    @Test
    void nullOfADeniedFieldPropagatesToTheNearestNullableField() {
        JsonNode response = caller.with(Set.of("calls.tags.write"))
                .execute("mutation { addTags(input: {subjectId: \"" + CALL + "\", tags: [{name: \"VIP\"}]})"
                        + " { userErrors { code } result { status added { name } } } }");
        assertThat(response.at("/data/addTags/result").isNull()).isTrue();
        assertThat(response.at("/data/addTags/userErrors").isEmpty()).isTrue();
        assertThat(response.at("/data/addTags").isObject()).isTrue();
        assertThat(paths(response)).containsExactly("[\"addTags\",\"result\",\"added\"]");
    }

    @Test
    void fieldIsNotDeniedWhenSkipped() {
        String mutation =
                "mutation($tag: Boolean!) { updateTag(input: {id: \"sipsim:tag:6\", name: \"Other\", dryRun: true})"
                        + " { userErrors { code } } addTags(input: {subjectId: \"" + CALL
                        + "\", tags: []}) @include(if: $tag) { userErrors { code } } }";
        ScopedCaller writer = caller.with(Set.of("tags.write"));
        assertThat(writer.execute(mutation, Map.of("tag", false)).path("errors"))
                .isEmpty();
        assertThat(writer.execute(mutation, Map.of("tag", true)).path("data").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ __schema { queryType { name } } }",
                "{ vendors { vendor } __type(name: \"Tag\") { name } }",
                "{ harmless: __type(name: \"Tag\") { name } }",
                "{ ...A } fragment A on Query { ... { _service { sdl } } }"
            })
    void schemaNeedsItsScope(String document) {
        JsonNode response = caller.without("schema.read").execute(document);
        assertThat(response.path("data").isNull()).isTrue();
        assertThat(response.path("errors")).hasSize(1);
        assertThat(response.at("/errors/0/extensions/code").asString()).isEqualTo("FORBIDDEN");
        assertThat(response.at("/errors/0/extensions/requiredScopes").toString())
                .isEqualTo("[[\"schema.read\"]]");
        assertThat(caller.with(Set.of("schema.read")).execute(document).path("errors"))
                .isEmpty();
    }

    @Test
    void messagesDoNotDiscloseTheSchemaWithoutItsScope() {
        String message = caller.without("schema.read")
                .execute("{ tagz { totalCount } }")
                .at("/errors/0/message")
                .asString();
        assertThat(message).isEqualTo("The document is not valid for the schema.");
        assertThat(caller.with(Set.of("schema.read"))
                        .execute("{ tagz { totalCount } }")
                        .at("/errors/0/message")
                        .asString())
                .contains("tagz");
    }

    @Test
    void eventsContainOnlyWhatTheSubscriberCanRead() {
        ScopedCaller reader = caller.without("tags.read");
        StepVerifier.create(reader.events("subscription { subjectTagsChanged { subjectId subject { id } tags { id }"
                                + " added { id } } }")
                        .take(1))
                .then(() -> change(CALL))
                .assertNext(event -> {
                    assertThat(event.at("/data/subjectTagsChanged/subject/id").asString())
                            .isEqualTo(CALL);
                    assertThat(event.at("/data/subjectTagsChanged/tags").isNull())
                            .isTrue();
                    assertThat(event.at("/data/subjectTagsChanged/added").isNull())
                            .isTrue();
                    assertThat(paths(event)).hasSize(2);
                })
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void eventsOfDeniedSubjectsAreNotPublished() {
        ScopedCaller reader = caller.without("calls.read");
        StepVerifier.create(reader.events("subscription { subjectTagsChanged { subjectId subject { id } } }")
                        .take(1))
                .then(() -> change(CALL))
                .then(() -> change(CONTACT))
                .assertNext(event -> {
                    assertThat(event.at("/data/subjectTagsChanged/subjectId").asString())
                            .isEqualTo(CONTACT);
                    assertThat(event.path("errors")).isEmpty();
                })
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tags.read     | tagChanged { kind }",
                "calls.read    | subjectTagsChanged(subjectId: \"sipsim:call:100399\") { at }",
                "contacts.read | subjectTagsChanged(subjectId: \"swipeone:contact:6682840d9286aa59ee001001\") { at }"
            })
    void subscriptionIsRefusedIfNoEventCouldBeReturned(String scope, String field) {
        JsonNode response = caller.without(scope).execute("subscription { " + field + " }");
        assertThat(response.path("data").isNull()).isTrue();
        assertThat(response.at("/errors/0/extensions/code").asString()).isEqualTo("FORBIDDEN");
        assertThat(response.at("/errors/0/extensions/requiredScopes/0/0").asString())
                .isEqualTo(scope);
    }

    @Test
    void operationOfCallerWithItsScopesIsExecutedWithoutChecks() {
        String document = "{ tags(first: 1) { nodes { id group { slug } } } node(id: \"sipsim:tag:6\") { id } }";
        assertThat(isChecked(Caller.ALL_SCOPES, document)).isFalse();
        assertThat(isChecked(Set.of("tags.read"), document)).isTrue();
        assertThat(isChecked(Set.of("tags.read"), "{ tags(first: 1) { nodes { id } } }"))
                .isFalse();
        assertThat(isChecked(Set.of("tags.read"), "{ tags(first: 1) { nodes { raw } } }"))
                .isTrue();
        assertThat(isChecked(Set.of(), "{ vendors { vendor } }")).isFalse();
    }

    private boolean isChecked(Set<String> scopes, String document) {
        return DeniedTypeCheck.isNeeded(caller.with(scopes)
                .answer(document, Map.of())
                .getExecutionInput()
                .getGraphQLContext());
    }

    private void change(String subject) {
        JsonNode response = caller.with(Caller.ALL_SCOPES)
                .execute("mutation { addTags(input: {subjectId: \"" + subject
                        + "\", tags: [{name: \"Hot Lead\"}]}) { result { status } } }");
        assertThat(response.at("/data/addTags/result/status").asString()).isEqualTo("UPDATED");
    }

    private static List<String> paths(JsonNode response) {
        return response.path("errors")
                .valueStream()
                .map(error -> error.path("path").toString())
                .toList();
    }
}
