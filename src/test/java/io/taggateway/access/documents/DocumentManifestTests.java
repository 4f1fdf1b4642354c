package io.taggateway.access.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.model.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of both forms of a manifest, and of the error for other files. */
class DocumentManifestTests {

    @TempDir
    private Path folder;

    @Test
    void manifestInTheFormatOfApolloIsRead() throws IOException {
        DocumentManifest manifest = read("""
            {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [
              {"id": "b", "name": "B", "type": "query", "body": "query B { b }"},
              {"id": "a", "name": "A", "type": "mutation", "body": "mutation A { a }"}]}
            """);
        assertThat(manifest.documents()).containsExactly(entry("b", "query B { b }"), entry("a", "mutation A { a }"));
    }

    @Test
    void manifestAsAPlainObjectIsRead() throws IOException {
        assertThat(read("{\"b\": \"{ b }\", \"other\": \"{ f }\"}").documents())
                .containsExactly(entry("b", "{ b }"), entry("other", "{ f }"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"a\"                                    | is not valid: ",
                "``                                         | is not valid: ",
                "[]                                         | is not valid: it is not a JSON object",
                "{}                                         | is not valid: it lists no documents",
                "{\"a\": \"{ a }\", \"a\": \"{ b }\"}       | is not valid: Duplicate",
                "{\"a\": {\"text\": \"{ a }\"}}             | cannot be used, a: it has no text",
                "{\" \": \"{ a }\"}                         | cannot be used, number 1: it has no id",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1} | is not valid: it lists no"
                        + " documents",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 2} | is not valid: the only known"
                        + " formats",
                "{\"format\": \"other\", \"version\": 1}    | is not valid: the only known formats",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": [{\"id\": \"a\"}]}"
                        + " | cannot be used, a: it has no text",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1,"
                        + " \"operations\": [{\"id\": \"a\", \"body\": \"{ a }\"}, {\"body\": \"{ a }\"}]}"
                        + " | cannot be used, number 2: it has no id",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": [{\"id\": \"a\","
                        + " \"body\": \"{ a }\"}, {\"id\": \"a\", \"body\": \"{ b }\"}]} | cannot be used, a: there are"
                        + " two with this id"
            })
    void errorNamesTheFileAndTheReasonWhenItIsNoManifest(String text, String reason) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GATEWAY_DOCUMENTS_MANIFEST=" + file())
                .hasMessageContaining(reason);
    }

    @Test
    void errorNamesTheFileWhenItDoesNotExist() {
        for (String missing : new String[] {file().toString(), folder.toString()}) {
            assertThatThrownBy(() -> DocumentManifest.read(missing))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("GATEWAY_DOCUMENTS_MANIFEST=" + missing + ", cannot be read");
        }
    }

    private DocumentManifest read(String text) throws IOException {
        return DocumentManifest.read(Files.writeString(file(), text).toString());
    }

    private Path file() {
        return folder.resolve("manifest.json");
    }

    private static Map.Entry<String, String> entry(String id, String text) {
        return Map.entry(id, text);
    }
}
