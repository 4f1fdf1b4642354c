package io.taggateway.access;

import graphql.execution.instrumentation.Instrumentation;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import io.taggateway.access.limits.DocumentLimitCheck;
import io.taggateway.access.limits.OperationAnalyzer;
import io.taggateway.access.limits.OperationLimiter;
import io.taggateway.access.limits.ScopeCheck;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.DefaultExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.observation.ExecutionRequestObservationConvention;
import org.springframework.graphql.observation.GraphQlObservationInstrumentation;

/** Configures how the GraphQL engine executes operations. */
@Configuration(proxyBeanMethods = false)
class ExecutionConfiguration {

    private final DocumentLimitCheck documents;
    private final OperationLimiter limits;
    private final ScopeCheck scopes;

    ExecutionConfiguration(DocumentLimitCheck documents, OperationLimiter limits, ScopeCheck scopes) {
        this.documents = documents;
        this.limits = limits;
        this.scopes = scopes;
    }

    /** Replaces Spring Boot's chain of instrumentations. */
    @Bean
    GraphQlSourceBuilderCustomizer operationInstrumentation(
            DataLoaderProvider dataLoaders, ObjectProvider<GraphQlObservationInstrumentation> observation) {
        Instrumentation observed = observation.getIfAvailable();
        Instrumentation steps = new OperationInstrumentation(
                documents,
                limits,
                dataLoaders,
                scopes,
                observed == null ? SimplePerformantInstrumentation.INSTANCE : observed);
        return source -> source.configureGraphQl(graphQl -> graphQl.instrumentation(steps));
    }

    @Bean
    ExecutionRequestObservationConvention operationObservationConvention(
            @Value("${gateway.metrics.max-operations:100}") int max) {
        return new OperationObservationConvention(max);
    }

    @Bean
    DataLoaderProvider dataLoaderProvider(BatchLoaderRegistry loaders, OperationAnalyzer analyzer) {
        return new DataLoaderProvider(loaders, analyzer);
    }

    /** Without data loaders, which {@link OperationInstrumentation} adds where they are needed. */
    @Bean
    ExecutionGraphQlService executionGraphQlService(GraphQlSource source) {
        return new DefaultExecutionGraphQlService(source);
    }
}
