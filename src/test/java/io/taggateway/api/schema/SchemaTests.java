package io.taggateway.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.apollographql.federation.graphqljava.Federation;
import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.RecordedWiring;
import io.taggateway.support.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.graphql.execution.ClassNameTypeResolver;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.SchemaMappingInspector;
import org.springframework.graphql.execution.SchemaReport;
import org.springframework.util.ClassUtils;

/** The schema has everything that is released, and each field has a data fetcher. */
@GatewayTest
class SchemaTests {

    /** What federation adds to a schema. */
    private static final Pattern FEDERATION = Pattern.compile("(^| |\\.)(_|link__|federation__)");

    private static final Pattern IMPORTS = Pattern.compile("import: \\[[^]]*]");

    private static final Path RELEASED = Path.of("schema/released/schema.graphqls");

    @Test
    void schemaHasEverythingThatIsReleased() {
        String released = read(RELEASED).replace(", resolvable : true", "");
        Set<String> elements = SchemaElementList.elements(released, Set.of("_Entity")).stream()
                .filter(element -> !FEDERATION.matcher(element).find())
                .collect(Collectors.toSet());
        assertThat(SchemaElementList.elements(ours(), Set.of()))
                .containsAll(elements)
                .contains("schema @link(url: \"https://specs.apollo.dev/federation/v2.5\", "
                        + "import: [\"@key\", \"@shareable\", \"@requiresScopes\", \"@authenticated\"])");
        assertThat(elements).hasSizeGreaterThan(300);
    }

    @Test
    void everyConnectionHasTheFieldsOfRelayAndOfTheGateway() {
        for (String noun : List.of("Tag", "TagGroup", "Call", "Contact")) {
            assertThat(SchemaElementList.elements(ours(), Set.of()))
                    .contains(
                            "%sConnection.edges: [%sEdge!]!".formatted(noun, noun),
                            "%sConnection.nodes: [%s!]!".formatted(noun, noun),
                            "%sConnection.pageInfo: PageInfo!".formatted(noun),
                            "%sConnection.totalCount: Int".formatted(noun),
                            "%sConnection.sources: [SourceOutcome!]!".formatted(noun),
                            "%sEdge.cursor: String!".formatted(noun),
                            "%sEdge.node: %s!".formatted(noun, noun));
        }
    }

    @Test
    void eachKindOfChangeIsFound() {
        String changed = ours().replace("durationSeconds: Int", "durationSeconds: Int!")
                .replace("orderBy: TagOrder = { field: NAME, direction: ASC }", "orderBy: TagOrder")
                .replace("input TagRef @oneOf", "input TagRef")
                .replace("implements Node & Taggable", "implements Node")
                .replace("type TagGroup implements Node @key(fields: \"slug\")", "type TagGroup implements Node")
                .replace("type Color @shareable", "type Color")
                .replace("federation/v2.5", "federation/v2.0")
                .replace("  \"A call that ended with a voice message.\"\n  VOICEMAIL\n", "");
        Set<String> broken = new TreeSet<>(SchemaElementList.elements(ours(), Set.of()));
        broken.removeAll(SchemaElementList.elements(changed, Set.of()));
        assertThat(broken)
                .containsExactlyInAnyOrder(
                        "Call.durationSeconds: Int",
                        "Query.tags(orderBy: TagOrder = {field : NAME, direction : ASC})",
                        "InputObject TagRef @oneOf",
                        "Object TagGroup @key(fields: \"slug\")",
                        "Object Color @shareable",
                        "schema @link(url: \"https://specs.apollo.dev/federation/v2.5\", "
                                + "import: [\"@key\", \"@shareable\", \"@requiresScopes\", \"@authenticated\"])",
                        "Call implements Taggable",
                        "Contact implements Taggable",
                        "CallType.VOICEMAIL");
    }

    @Test
    void everyElementHasADescription() {
        assertThat(SchemaElementList.undescribed(ours())).isEmpty();
        assertThat(SchemaElementList.undescribed("type A { b(c: Int): Int } enum D { E } input F { g: Int } scalar H"))
                .containsExactlyInAnyOrder("/A", "/A/b", "/A/b/c", "/D", "/D/E", "/F", "/F/g", "/H");
    }

    /** The reasons and codes of failures are derived from {@code FailureReason}, so they have no enum of that name. */
    @Test
    void enumsHaveTheValuesOfTheirJavaEnums(@Autowired GraphQlSource source) throws IOException {
        List<GraphQLEnumType> enums = source.schema().getAllTypesAsList().stream()
                .filter(GraphQLEnumType.class::isInstance)
                .map(GraphQLEnumType.class::cast)
                .filter(type -> !type.getName().matches("__.*|link__Purpose|SourceErrorCode|SourceErrorReason"))
                .toList();
        assertThat(enums).hasSizeGreaterThan(10);
        for (GraphQLEnumType type : enums) {
            assertThat(type.getValues().stream().map(GraphQLEnumValueDefinition::getName))
                    .as(type.getName())
                    .containsExactlyInAnyOrderElementsOf(javaValues(type.getName()));
        }
    }

    private static List<String> javaValues(String name) throws IOException {
        var resolver = new PathMatchingResourcePatternResolver();
        for (String nested : List.of("", "*$")) {
            for (Resource file :
                    resolver.getResources("classpath*:io/taggateway/**/%s%s.class".formatted(nested, name))) {
                String path = file.getURL().getPath();
                String type = path.substring(path.indexOf("io/taggateway/"), path.length() - ".class".length());
                Object[] constants = ClassUtils.resolveClassName(type.replace('/', '.'), null)
                        .getEnumConstants();
                if (constants != null) {
                    return Stream.of(constants)
                            .map(constant -> ((Enum<?>) constant).name())
                            .toList();
                }
            }
        }
        throw new AssertionError("There is no Java enum " + name + ".");
    }

    @Test
    void sdlForRoutersIsComplete(TestGateway gateway) {
        String sdl = gateway.execute("{ _service { sdl } }")
                .path("_service.sdl")
                .entity(String.class)
                .get();
        Set<String> missing = new TreeSet<>(SchemaElementList.elements(ours(), Set.of()));
        missing.removeAll(SchemaElementList.elements(sdl.replace(", resolvable: true", ""), Set.of("_Entity")));
        // Routers without support for scopes refuse a schema with them
        missing.removeIf(element -> element.matches("(?!schema ).* @(requiresScopes[(].*|authenticated)"));
        assertThat(missing).singleElement(STRING).startsWith("schema @link(");
        assertThat(sdl)
                .contains("url: \"https://specs.apollo.dev/federation/v2.5\"")
                .contains("directive @oneOf on INPUT_OBJECT")
                .doesNotContain("requiresScopes")
                .doesNotContain("@authenticated")
                .doesNotContain("federation__Scope");
        assertThat(unusedImports(sdl)).isEmpty();
        assertThat(SchemaElementList.undescribed(sdl)).allMatch(place -> place.matches(".*/(_|federation__|link__).*"));
    }

    @Test
    void everyImportedDirectiveIsUsed() {
        assertThat(unusedImports(ours())).isEmpty();
        assertThat(unusedImports(ours().replace("@shareable {", "{"))).containsExactly("@shareable");
    }

    @Test
    void everyExampleIsValid(@Autowired GraphQlSource source) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("schema/examples"))) {
            assertThat(files).isNotEmpty().allSatisfy(file -> {
                ExecutionInput input =
                        ExecutionInput.newExecutionInput(Files.readString(file)).build();
                assertThat(ParseAndValidate.parseAndValidate(source.schema(), input)
                                .getErrors())
                        .as("%s", file)
                        .isEmpty();
            });
        }
    }

    @Test
    void everyFieldHasADataFetcherAndEveryArgumentAParameter(
            @Autowired GraphQlSource source, @Autowired RecordedWiring wiring) {
        SchemaReport report = inspect(source.schema(), wiring);
        assertThat(unmappedFields(report)).isEmpty();
        assertThat(report.unmappedRegistrations()).isEmpty();
        assertThat(report.unmappedArguments()).isEmpty();
        assertThat(report.fieldNullnessErrors()).isEmpty();
        assertThat(report.argumentNullnessErrors()).isEmpty();
        assertThat(report.skippedTypes()).isEmpty();
    }

    @Test
    void fieldWithoutDataFetcherIsFound(@Autowired RecordedWiring wiring) {
        String extended = ours() + """
            extend type Tag { shade: String }
            extend type Color { warm: Boolean }
            extend type TagConnection { weight: Int }
            extend type CallEdge { weight: Int }
            extend type PageInfo { weight: Int }
            extend type SourceOutcome { weight: Int }
            extend type VendorInfo { weight: Int }
            extend type TagListInfo { weight: Int }
            extend type TagDrift { weight: Int }
            extend type Call { weight: Int }
            extend type Contact { weight: Int }
            extend type TagGroup { weight: Int }
            extend type SourceError { weight: Int }
            extend type Query { weight: Int }
            """;
        SchemaReport report = inspect(schema(extended, wiring), wiring);
        assertThat(unmappedFields(report))
                .extracting(place -> place.getTypeName())
                .containsExactlyInAnyOrder(
                        "Tag",
                        "Color",
                        "TagConnection",
                        "CallEdge",
                        "PageInfo",
                        "SourceOutcome",
                        "VendorInfo",
                        "TagListInfo",
                        "TagDrift",
                        "Call",
                        "Contact",
                        "TagGroup",
                        "SourceError",
                        "Query");
    }

    /**
     * Without those that federation adds, which are not in the wiring. A schema without their fetchers cannot be built.
     */
    private static List<FieldCoordinates> unmappedFields(SchemaReport report) {
        return report.unmappedFields().stream()
                .filter(place -> !place.getFieldName().startsWith("_"))
                .toList();
    }

    private static SchemaReport inspect(GraphQLSchema schema, RecordedWiring wiring) {
        return SchemaMappingInspector.initializer()
                .inspect(schema, InspectedFetcher.all(wiring.wiring().getDataFetchers()));
    }

    private static GraphQLSchema schema(String sdl, RecordedWiring recorded) {
        return Federation.transform(new SchemaParser().parse(sdl), recorded.wiring())
                .fetchEntities(environment -> List.of())
                .resolveEntityType(new ClassNameTypeResolver())
                .build();
    }

    /** The directives that the schema imports by {@code @link}, but applies nowhere. */
    private static List<String> unusedImports(String sdl) {
        Matcher imports = IMPORTS.matcher(sdl);
        assertThat(imports.find()).isTrue();
        String applied = sdl.replace(imports.group(), "").replaceAll("directive @\\w+", "");
        return Pattern.compile("@\\w+")
                .matcher(imports.group())
                .results()
                .map(MatchResult::group)
                .filter(name -> !Pattern.compile(name + "\\b").matcher(applied).find())
                .toList();
    }

    private static String ours() {
        try (Stream<Path> files = Files.list(Path.of("schema"))) {
            return files.filter(file -> file.toString().endsWith(".graphqls"))
                    .sorted()
                    .map(SchemaTests::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
