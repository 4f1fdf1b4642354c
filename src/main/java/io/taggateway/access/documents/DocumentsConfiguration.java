package io.taggateway.access.documents;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.util.function.SingletonSupplier;

/** Configures how the engine finds documents. */
@Configuration(proxyBeanMethods = false)
class DocumentsConfiguration {

    /** A supplier, as the trusted documents need the schema, and the engine of the schema needs this bean. */
    @Bean
    GraphQlSourceBuilderCustomizer requestedDocuments(
            DocumentsProperties properties,
            ObjectProvider<TrustedDocumentIndex> trusted,
            DocumentStore store,
            MeterRegistry meters) {
        RequestedDocumentProvider documents =
                new RequestedDocumentProvider(properties, SingletonSupplier.of(trusted::getObject), store, meters);
        return source -> source.configureGraphQl(graphQl -> graphQl.preparsedDocumentProvider(documents));
    }

    @Bean
    TrustedDocumentIndex trustedDocuments(DocumentsProperties properties, GraphQlSource source) {
        DocumentManifest manifest = properties.manifest().isBlank()
                ? DocumentManifest.none()
                : DocumentManifest.read(properties.manifest());
        return new TrustedDocumentIndex(manifest, source.schema());
    }

    @Bean
    DocumentStore documentStore() {
        return DocumentStore.inMemory();
    }
}
