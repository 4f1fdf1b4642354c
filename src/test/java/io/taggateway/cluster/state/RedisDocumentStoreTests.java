package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.access.documents.DocumentStore;
import io.taggateway.access.documents.DocumentStoreContract;
import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.support.SlowTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@SlowTest
@TestInstance(Lifecycle.PER_CLASS)
class RedisDocumentStoreTests extends DocumentStoreContract {

    private static final String TEXT = "{ tags { nodes { name } } } # ü";

    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private final DocumentStore first = new RedisDocumentStore(connections.first(), DocumentStore.inMemory());
    private final DocumentStore second = new RedisDocumentStore(connections.second(), DocumentStore.inMemory());

    @AfterAll
    void close() {
        connections.close();
    }

    @Override
    protected DocumentStore store() {
        return first;
    }

    @Override
    protected DocumentStore other() {
        return second;
    }

    @Test
    void documentOfOneReplicaIsFoundByTheOther() {
        assertThat(second.find(hash(TEXT)).blockOptional()).isEmpty();
        first.register(hash(TEXT), TEXT).block();
        assertThat(second.find(hash(TEXT)).block()).isEqualTo(TEXT);
    }

    @Test
    void textWithAnotherHashIsNotFound() {
        String key = connections
                .first()
                .key("document:" + hash("{ tags { totalCount } }").hex());
        connections
                .first()
                .command(commands -> commands.set(key, "{ other }".getBytes(StandardCharsets.UTF_8)))
                .block();
        assertThat(first.find(hash("{ tags { totalCount } }")).blockOptional()).isEmpty();
    }

    @Test
    void ownDocumentsAreFoundWhenRedisIsNotAvailable() {
        try (RedisConnectionPair lost = RedisConnectionPair.open()) {
            DocumentStore own = new RedisDocumentStore(lost.first(), DocumentStore.inMemory());
            lost.server().kill();
            own.register(hash(TEXT), TEXT).block();
            assertThat(own.find(hash(TEXT)).block()).isEqualTo(TEXT);
            assertThat(own.find(hash("{ none }")).blockOptional()).isEmpty();
        }
    }
}
