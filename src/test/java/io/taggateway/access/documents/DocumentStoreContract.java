package io.taggateway.access.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every store of registered documents does. Each test has documents of its own. */
public abstract class DocumentStoreContract {

    protected abstract DocumentStore store();

    /** A store that has the documents of the first one, or else the first one. */
    protected abstract DocumentStore other();

    protected static DocumentHash hash(String text) {
        return Objects.requireNonNull(DocumentHash.of(text));
    }

    @Test
    void documentIsFoundAfterItsRegistration() {
        String text = "{ tags { nodes { slug } } } # ü";
        assertThat(other().find(hash(text)).blockOptional()).isEmpty();
        store().register(hash(text), text).block();
        assertThat(store().find(hash(text)).block()).isEqualTo(text);
        assertThat(other().find(hash(text)).block()).isEqualTo(text);
    }

    @Test
    void documentCanBeRegisteredAgain() {
        String text = "{ __typename }";
        store().register(hash(text), text).block();
        other().register(hash(text), text).block();
        assertThat(store().find(hash(text)).block()).isEqualTo(text);
    }

    @Test
    void documentsAreFoundByTheirOwnHash() {
        for (String text : new String[] {"{ a: __typename }", "{ b: __typename }"}) {
            store().register(hash(text), text).block();
        }
        assertThat(other().find(hash("{ a: __typename }")).block()).isEqualTo("{ a: __typename }");
        assertThat(other().find(hash("{ b: __typename }")).block()).isEqualTo("{ b: __typename }");
        assertThat(other().find(hash("{ c: __typename }")).blockOptional()).isEmpty();
    }
}
