package io.taggateway.access.scope;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.FieldDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import io.taggateway.api.scope.ScopedSchemaProvider;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.operation.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.server.WebGraphQlHandler;
import tools.jackson.databind.JsonNode;

/** Tests that each field with a scope is denied to callers without it, on each path. */
@GatewayTest
@SlowTest
class ScopedFieldTests {

    /** Types without scopes: those that only fields with scopes return, and the state of vendors, which is public. */
    private static final Set<String> OPEN = Set.of(
            "Color",
            "CreateTagPayload",
            "DeleteTagPayload",
            "PageInfo",
            "SourceError",
            "SourceOutcome",
            "SubjectResult",
            "SubjectTagsChange",
            "SyncTagsPayload",
            "TagResult",
            "TagSubjectPayload",
            "TagSubjectsPayload",
            "UpdateTagGroupPayload",
            "UpdateTagPayload",
            "UseCount",
            "UserError",
            "VendorInfo",
            "Warning");

    private static final DeclaredScopeReader SCHEMA = DeclaredScopeReader.with("");
    private static final List<SchemaPath> GUARDED = Stream.of("Query", "Mutation")
            .flatMap(root -> SchemaPath.toGuardedFields(SCHEMA, root).stream())
            .toList();

    private final TestGateway gateway;
    private final ScopedCaller caller;

    ScopedFieldTests(TestGateway gateway, @Autowired WebGraphQlHandler handler) {
        this.gateway = gateway;
        this.caller = new ScopedCaller(handler, Set.of());
    }

    @Test
    void eachRootFieldAndTypeDeclaresItsScopes() {
        assertThat(SCHEMA.undeclared()).isEqualTo(new TreeSet<>(OPEN));
        DeclaredScopeReader more = DeclaredScopeReader.with("""
            extend type Query { hidden: Note notes: [String!]! tagOfDay: Tag }
            extend type Mutation { hide(id: ID!): CreateTagPayload! }
            type Note { text: String }
            """);
        assertThat(more.undeclared())
                .containsAll(OPEN)
                .hasSize(OPEN.size() + 4)
                .contains("Query.hidden", "Query.notes", "Mutation.hide", "Note");
    }

    @Test
    void schemaUsesKnownScopesOnly() {
        Set<String> used = new TreeSet<>();
        Stream.of("Query", "Mutation", "Subscription")
                .flatMap(root -> SchemaPath.toGuardedFields(SCHEMA, root).stream())
                .flatMap(path -> path.requirements().stream())
                .forEach(alternatives -> alternatives.forEach(used::addAll));
        Set<String> known = new TreeSet<>(Caller.ALL_SCOPES);
        known.removeAll(Set.of("schema.read", "admin"));
        assertThat(used).isEqualTo(known);
    }

    @Test
    void rootFieldIsDeniedWithoutItsScopesAndNoVendorRequestIsSent() {
        int denied = 0;
        for (SchemaPath path : rootFields()) {
            for (Set<String> scopes : callers()) {
                if (!isAllowed(path, scopes)) {
                    assertDenied(path, caller.with(scopes).execute(path.document()));
                    denied++;
                }
            }
        }
        assertThat(gateway.requestCount()).isZero();
        assertThat(denied).isGreaterThan(150);
    }

    @Test
    void rootFieldIsExecutedForCallersWithItsScopes() {
        for (SchemaPath path : rootFields()) {
            Stream<Set<String>> sufficient = path.last().requirements().stream().flatMap(List::stream);
            for (Set<String> scopes :
                    Stream.concat(callers().stream(), sufficient).toList()) {
                if (isAllowed(path, scopes)) {
                    String document = scopes.contains("contacts.tags.write")
                            ? path.document(SchemaPath.CONTACT)
                            : path.document();
                    JsonNode response = caller.with(scopes).execute(document);
                    assertThat(response.path("errors"))
                            .as("%s %s", path, scopes)
                            .isEmpty();
                    assertThat(response.at("/data/" + path.last().name()).isContainer())
                            .as("%s %s", path, scopes)
                            .isTrue();
                }
            }
        }
    }

    /** Callers with one scope each, and one without scopes. */
    private static List<Set<String>> callers() {
        return Stream.concat(
                        Stream.of(Set.<String>of()), Caller.ALL_SCOPES.stream().map(Set::of))
                .toList();
    }

    private static boolean isAllowed(SchemaPath path, Set<String> scopes) {
        return path.last().requirements().stream()
                .allMatch(alternatives -> DeclaredScopeReader.meets(scopes, alternatives));
    }

    private static void assertDenied(SchemaPath path, JsonNode response) {
        JsonNode error = response.path("errors").path(0);
        assertThat(response.path("errors")).as("%s", path).hasSize(1);
        assertThat(error.at("/extensions/code").asString()).as("%s", path).isEqualTo("FORBIDDEN");
        assertThat(error.at("/path/0").asString()).isEqualTo(path.last().name());
        assertThat(error.path("locations")).hasSize(1);
        assertThat(error.path("message").asString())
                .contains('`' + error.at("/extensions/requiredScopes/0/0").asString() + '`');
        assertThat(response.has("data")).isTrue();
        assertThat(valueAt(response.path("data"), error.path("path")).isNull())
                .as("%s", path)
                .isTrue();
    }

    /** The value at a path, or the null before its end. */
    private static JsonNode valueAt(JsonNode data, JsonNode path) {
        JsonNode value = data;
        for (JsonNode step : path) {
            if (!value.isNull()) {
                value = step.isInt() ? value.path(step.asInt()) : value.path(step.asString());
            }
        }
        return value;
    }

    /** Each root field with each type of object that it can return. */
    private static List<SchemaPath> rootFields() {
        List<SchemaPath> fields = new ArrayList<>();
        for (String root : List.of("Query", "Mutation")) {
            for (FieldDefinition field : SCHEMA.fields(root)) {
                SCHEMA.objectsOf(DeclaredScopeReader.typeOf(field))
                        .forEach(object -> fields.add(new SchemaPath(
                                root,
                                List.of(new SchemaPath.Step(
                                        root, field, object, SCHEMA.requirements(field, object))))));
            }
        }
        return fields;
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void fieldIsDeniedOnEachPathAndNoVendorRequestIsSentForIt(String scope) {
        ScopedCaller other = caller.without(scope);
        Set<String> denied = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        List<SchemaPath> unseen = new ArrayList<>();
        for (SchemaPath path : pathsThatNeedMoreThan(other.scopes())) {
            gateway.clearRequests();
            JsonNode response = other.execute(path.document());
            all.add(path.last().coordinates());
            if (response.path("errors").isEmpty()) {
                unseen.add(path);
            } else {
                assertEachIsDenied(path, scope, response);
                denied.add(path.last().coordinates());
            }
            if (path.root().equals("Query")) {
                assertThat(requestsFor(scope)).as("%s", path).isEmpty();
            }
        }
        // Some paths are longer than the vendors' data
        assertThat(unseen).hasSizeLessThan(20);
        assertThat(denied).isEqualTo(all);
    }

    /** Checks belong to fields, so they apply on every path, including those of events. */
    @Test
    void eachGuardedFieldHasACheckingDataFetcher(
            @Autowired GraphQlSource source, @Autowired ScopedSchemaProvider provider) {
        GraphQLSchema plain = source.schema();
        GraphQLSchema checked = provider.of(plain).checked();
        int guarded = 0;
        for (String type : SCHEMA.objects()) {
            for (FieldDefinition field : SCHEMA.fields(type)) {
                String returned = DeclaredScopeReader.typeOf(field);
                boolean isGuarded = Stream.concat(Stream.of(returned), SCHEMA.objectsOf(returned).stream())
                        .anyMatch(object -> !SCHEMA.requirements(field, object).isEmpty());
                assertThat(fetcher(checked, type, field).equals(fetcher(plain, type, field)))
                        .as("%s.%s", type, field.getName())
                        .isNotEqualTo(isGuarded);
                guarded += isGuarded ? 1 : 0;
            }
        }
        assertThat(guarded).isGreaterThan(50);
    }

    private static DataFetcher<?> fetcher(GraphQLSchema schema, String type, FieldDefinition field) {
        GraphQLObjectType parent = Objects.requireNonNull(schema.getObjectType(type));
        return schema.getCodeRegistry()
                .getDataFetcher(parent, Objects.requireNonNull(parent.getFieldDefinition(field.getName())));
    }

    /** The paths that require another scope at their end only. */
    private static List<SchemaPath> pathsThatNeedMoreThan(Set<String> others) {
        return GUARDED.stream()
                .filter(path -> path.requirements().stream()
                        .filter(alternatives -> !DeclaredScopeReader.meets(others, alternatives))
                        .allMatch(path.newRequirements()::contains))
                .filter(path -> path.newRequirements().stream()
                        .anyMatch(alternatives -> !DeclaredScopeReader.meets(others, alternatives)))
                .toList();
    }

    private static void assertEachIsDenied(SchemaPath path, String scope, JsonNode response) {
        for (JsonNode error : response.path("errors")) {
            assertThat(error.at("/extensions/code").asString())
                    .as("%s: %s", path, error)
                    .isEqualTo("FORBIDDEN");
            assertThat(error.at("/extensions/requiredScopes").toString()).contains('"' + scope + '"');
            List<String> names = error.path("path")
                    .valueStream()
                    .filter(JsonNode::isString)
                    .map(JsonNode::asString)
                    .toList();
            // A null that would propagate to the root is found before execution
            assertThat(names)
                    .isIn(
                            path.names(),
                            path.root().equals("Mutation")
                                    ? List.of(path.names().getFirst())
                                    : path.names());
            assertThat(valueAt(response.path("data"), error.path("path")).isNull())
                    .isTrue();
        }
    }

    /** The vendor requests that read data of a scope. */
    private List<String> requestsFor(String scope) {
        String noun = scope.equals("raw.read") ? "/nothing" : '/' + scope.substring(0, scope.indexOf('.'));
        return Stream.of(gateway.sipsim(), gateway.swipeone())
                .flatMap(vendor -> TestGateway.requests(vendor).stream())
                .filter(request -> request.matches(".*" + noun + "(/[^/]*)?(/search)?"))
                .toList();
    }

    static List<String> scopes() {
        return Caller.ALL_SCOPES.stream()
                .filter(scope -> !Set.of("admin", "schema.read").contains(scope))
                .sorted()
                .toList();
    }
}
