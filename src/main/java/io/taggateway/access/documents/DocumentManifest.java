package io.taggateway.access.documents;

import io.taggateway.tagging.model.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file that lists documents: Apollo's persisted query manifest, or a plain JSON object of documents by their ids, as
 * Relay's compiler and GraphQL Code Generator write it.
 *
 * @param file its name
 * @param documents the texts by their ids, one at least
 */
record DocumentManifest(String file, Map<String, String> documents) {

    private static final String APOLLO = "apollo-persisted-query-manifest";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A manifest without a file and without documents. */
    static DocumentManifest none() {
        return new DocumentManifest("", Map.of());
    }

    /**
     * Reads a file.
     *
     * @throws StartupException if the file does not exist or lists no document
     */
    static DocumentManifest read(String file) {
        JsonNode json;
        try {
            json = JSON.readTree(Files.readAllBytes(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            throw invalid(file, "cannot be read: check that the file exists and is readable");
        } catch (JacksonException e) {
            throw invalid(file, "is not valid: " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            throw invalid(file, "is not valid: it is not a JSON object");
        }
        Map<String, String> documents = json.path("format").isString() ? apollo(file, json) : plain(file, json);
        if (documents.isEmpty()) {
            throw invalid(file, "is not valid: it lists no documents");
        }
        return new DocumentManifest(file, documents);
    }

    private static Map<String, String> apollo(String file, JsonNode json) {
        if (!json.path("format").asString().equals(APOLLO)
                || json.path("version").asInt(0) != 1) {
            throw invalid(
                    file,
                    "is not valid: the only known formats are " + APOLLO
                            + " in version 1 and the plain object of documents");
        }
        Map<String, String> documents = new LinkedHashMap<>();
        for (JsonNode operation : json.path("operations")) {
            String id = operation.path("id").asString("");
            put(documents, file, id, operation.path("body"));
        }
        return documents;
    }

    private static Map<String, String> plain(String file, JsonNode json) {
        Map<String, String> documents = new LinkedHashMap<>();
        json.forEachEntry((id, document) -> put(documents, file, id, document));
        return documents;
    }

    private static void put(Map<String, String> documents, String file, String id, JsonNode document) {
        if (id.isBlank()) {
            throw invalidEntry(file, "number " + (documents.size() + 1), "it has no id");
        }
        if (!document.isString()) {
            throw invalidEntry(file, id, "it has no text");
        }
        if (documents.put(id, document.asString()) != null) {
            throw invalidEntry(file, id, "there are two with this id");
        }
    }

    static StartupException invalidEntry(String file, String id, String cause) {
        return invalid(file, "has a document that cannot be used, " + id + ": " + cause);
    }

    private static StartupException invalid(String file, String cause) {
        return new StartupException(
                "The manifest of trusted documents, GATEWAY_DOCUMENTS_MANIFEST=" + file + ", " + cause);
    }
}
