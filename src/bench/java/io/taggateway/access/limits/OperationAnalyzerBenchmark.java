package io.taggateway.access.limits;

import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.MockedWiringFactory;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.taggateway.api.scope.ScopedSchemaProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The analysis of an operation: once for a document that is new, and the cost with its variables for each request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OperationAnalyzerBenchmark {

    private static final String TEXT = "query($n: Int) { tags(first: $n) { nodes { id name color { hex } } } }";

    private final GraphQLSchema schema = new SchemaGenerator()
            .makeExecutableSchema(
                    new SchemaParser()
                            .parse(Path.of("schema/released/schema.graphqls").toFile()),
                    RuntimeWiring.newRuntimeWiring()
                            .wiringFactory(new MockedWiringFactory())
                            .build());
    private final OperationAnalyzer analyzer = new OperationAnalyzer(new ScopedSchemaProvider());
    private final OperationAnalysis known = analyze(document());
    private final Map<String, Object> variables = Map.of("n", 100);

    @Benchmark
    public Document newDocumentParsed() {
        return document();
    }

    @Benchmark
    public Object newDocumentParsedAndAnalyzed() {
        return analyze(document());
    }

    @Benchmark
    public long costOfKnownDocument() {
        return known.cost(variables);
    }

    private OperationAnalysis analyze(Document document) {
        return Objects.requireNonNull(analyzer.analyze(document, schema)
                .get(document.getDefinitionsOfType(OperationDefinition.class).getFirst()));
    }

    private static Document document() {
        return new Parser().parseDocument(TEXT);
    }
}
