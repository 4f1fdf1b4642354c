package io.taggateway.access.http;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.language.OperationDefinition.Operation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.access.cache.ExecutedResponse;
import io.taggateway.access.limits.ResponseSerializer;
import io.taggateway.access.server.UnsentByteCounter;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.operation.Caller;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.OperationContext.Origin;
import io.taggateway.tagging.operation.OperationDeadline;
import io.taggateway.tagging.paging.CursorCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpMethod;

/** The body of the response to a query, as bytes of JSON. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResponseWriterBenchmark {

    private final ResponseWriter writer = new SpringApplicationBuilder(Beans.class)
            .web(WebApplicationType.NONE)
            .run()
            .getBean(ResponseWriter.class);
    private final HttpOperationPolicy post = new HttpOperationPolicy(HttpMethod.POST, ResponseMediaType.JSON, false);
    private final WebGraphQlResponse executed = executed();

    @Benchmark
    public ExecutedResponse hundredTags() {
        return writer.shared(executed, post);
    }

    private static WebGraphQlResponse executed() {
        VendorDirectory directory = new VendorDirectory(
                new AccountSet(List.of(), new CursorCodec(new byte[] {1})), new ChangeFeed(1), Duration.ofMinutes(1));
        OperationContext operation = OperationContext.begin(
                new Origin(Caller.ANYONE, "benchmark", directory),
                OperationDeadline.in(Clock.systemUTC(), Duration.ofSeconds(10)));
        ExecutionInput input = ExecutionInput.newExecutionInput("{tags(first:100){nodes{id name color{hex}}}}")
                .graphQLContext(Map.of(OperationContext.KEY, operation, Operation.class, Operation.QUERY))
                .build();
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(
                input, ExecutionResult.newExecutionResult().data(page()).build()));
    }

    private static Map<String, Object> page() {
        return Map.of(
                "tags",
                Map.of(
                        "nodes",
                        IntStream.range(0, 100)
                                .mapToObj(ResponseWriterBenchmark::tag)
                                .toList()));
    }

    /** As graphql-java makes it, in the order of the query. */
    private static Map<String, Object> tag(int number) {
        Map<String, Object> tag = new LinkedHashMap<>();
        tag.put("id", "swipeone:tag:6682840d9286aa59ee%06x".formatted(number));
        tag.put("name", "Segment " + number);
        tag.put("color", Map.of("hex", "#E54D2E"));
        return tag;
    }

    /** The writer with the gateway's settings. */
    @ConfigurationPropertiesScan({"io.taggateway.access.limits", "io.taggateway.access.server"})
    @Import({ResponseWriter.class, ResponseSerializer.class, UnsentByteCounter.class, CacheHeaderWriter.class})
    @ImportAutoConfiguration(JacksonAutoConfiguration.class)
    @EnableConfigurationProperties(GraphQlCorsProperties.class)
    static class Beans {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
