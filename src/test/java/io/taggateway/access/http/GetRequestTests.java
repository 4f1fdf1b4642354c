package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.Vendor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests of queries by GET, and of operations that GET refuses. */
@GatewayTest
class GetRequestTests {

    private static final String DELETE = "mutation { deleteTag(input: {id: \"sipsim:tag:1\"}) { deletedTagId } }";
    private static final String BOTH = "query Read { vendors { vendor } } mutation Write {"
            + " deleteTag(input: {id: \"sipsim:tag:1\"}) { deletedTagId } }";

    private final TestGateway gateway;
    private final HttpCaller caller;

    GetRequestTests(TestGateway gateway) {
        this.gateway = gateway;
        this.caller = new HttpCaller(gateway.url());
    }

    @Test
    void getReturnsTheSameAsPost() {
        String query = "{ tags(first: 3) { totalCount nodes { id name } } }";
        HttpResponse<String> response = caller.get(query);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(caller.execute(query).body()).contains("\"totalCount\":26");
    }

    @Test
    void getReadsVariablesOperationNameAndExtensions() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("query", "query One { vendors { vendor } } query Other($id: ID!) { tag(id: $id) { name } }");
        parameters.put("operationName", "Other");
        parameters.put("variables", "{\"id\": \"sipsim:tag:6\"}");
        parameters.put("extensions", "{\"é\": 1}");
        parameters.put("cacheBuster", "1");
        HttpResponse<String> response = caller.get(parameters, "Accept", "application/graphql-response+json");
        assertThat(HttpCaller.json(response).at("/data/tag/name").asString()).isEqualTo("Hot Lead");
        assertThat(HttpCaller.header(response, "Content-Type")).startsWith("application/graphql-response+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null"})
    void emptyParametersCountAsAbsent(String nothing) {
        HttpResponse<String> response = caller.get(
                Map.of("query", "{ vendors { vendor } }", "variables", nothing, "extensions", nothing),
                "Accept",
                "application/json");
        assertThat(HttpCaller.json(response).at("/data/vendors")).hasSize(Vendor.values().length);
    }

    @Test
    void headReturnsTheHeadersOfGetWithoutBody() {
        String query = HttpCaller.query(Map.of("query", "{ tags { totalCount } }"));
        HttpResponse<String> head = caller.send("HEAD", query, new byte[0], "Accept", "application/json");
        HttpResponse<String> get = caller.get("{ tags { totalCount } }");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {"ETag", "Content-Type", "Content-Length", "Cache-Control", "Vary"}) {
            assertThat(HttpCaller.header(head, name)).isNotEmpty().isEqualTo(HttpCaller.header(get, name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void mutationIsNotAllowedAndNotExecuted(String method) {
        for (String accepted : new String[] {"application/json", "application/graphql-response+json"}) {
            HttpResponse<String> response =
                    caller.send(method, HttpCaller.query(Map.of("query", DELETE)), new byte[0], "Accept", accepted);
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(HttpCaller.header(response, "Allow")).isEqualTo("POST");
            assertThat(HttpCaller.header(response, "Content-Type")).startsWith(accepted);
        }
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void operationNameDecidesWhetherItIsAMutation() {
        HttpResponse<String> write =
                caller.get(Map.of("query", BOTH, "operationName", "Write"), "Accept", "application/json");
        assertThat(write.statusCode()).isEqualTo(405);
        assertThat(HttpCaller.refusal(write)).contains("POST");
        HttpResponse<String> read =
                caller.get(Map.of("query", BOTH, "operationName", "Read"), "Accept", "application/json");
        assertThat(HttpCaller.json(read).at("/data/vendors")).hasSize(Vendor.values().length);
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?                                                        | `query` is missing.",
                "?query=                                                  | `query` is missing.",
                "?extensions=%7B%7D                                       | `query` is missing.",
                "?extensions=%7B%22persistedQuery%22:1%7D                 | `query` is missing.",
                "?query=%7B__typename%7D&query=%7B__typename%7D           | The parameter `query` is given more than"
                        + " once.",
                "?query=%7Ba%7D&variables=%7B%7D&variables=%7B%7D         | The parameter `variables` is given more"
                        + " than once.",
                "?query=%7B__typename%7D&variables=%5B1%5D                | `variables` must be an object.",
                "?query=%7B__typename%7D&variables=7                      | `variables` must be an object.",
                "?query=%7B__typename%7D&variables=%7B                    | The parameter `variables` is no JSON.",
                "?query=%7B__typename%7D&variables=%7B%7D%7B%7D           | The parameter `variables` is no JSON.",
                "?query=%7B__typename%7D&extensions=true                  | `extensions` must be an object."
            })
    void returnsBadRequestWhenParametersAreNoRequest(String query, String message) {
        for (String accepted : new String[] {"application/json", "application/graphql-response+json"}) {
            HttpResponse<String> response = caller.send("GET", query, new byte[0], "Accept", accepted);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(HttpCaller.refusal(response)).isEqualTo(message);
            assertThat(HttpCaller.header(response, "Content-Type")).isEqualTo(accepted);
        }
    }

    @Test
    void persistedQueryIsExecutedByItsHash() throws NoSuchAlgorithmException {
        String extensions = persist("{ tags { totalCount } }");
        HttpResponse<String> response = caller.get(Map.of("extensions", extensions), "Accept", "application/json");
        assertThat(response.body()).isEqualTo("{\"data\":{\"tags\":{\"totalCount\":26}}}");
        assertThat(HttpCaller.header(response, "Cache-Control")).isEqualTo("max-age=30, private");
    }

    @Test
    void responseIsNotCacheableWhenHashIsUnknown() throws NoSuchAlgorithmException {
        HttpResponse<String> response =
                caller.get(Map.of("extensions", extensions("{ never }")), "Accept", "application/json");
        assertThat(HttpCaller.json(response).at("/errors/0/extensions/code").asString())
                .isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(HttpCaller.header(response, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void persistedMutationIsRefusedByGet() throws NoSuchAlgorithmException {
        String extensions = persist("mutation { deleteTag(input: {id: \"sipsim:tag:nobody\"}) { deletedTagId } }");
        gateway.clearRequests();
        HttpResponse<String> response = caller.get(Map.of("extensions", extensions), "Accept", "application/json");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(HttpCaller.header(response, "Allow")).isEqualTo("POST");
        assertThat(gateway.requestCount()).isZero();
    }

    /** Registers a document, and returns the extensions with its hash. */
    private String persist(String document) throws NoSuchAlgorithmException {
        String body = JsonMapper.shared().writeValueAsString(Map.of("query", document));
        String extensions = extensions(document);
        String both = body.substring(0, body.length() - 1) + ", \"extensions\": " + extensions + "}";
        HttpResponse<String> response =
                caller.post(both, "Accept", "application/json", "Content-Type", "application/json");
        assertThat(response.body()).contains("\"data\"");
        return extensions;
    }

    private static String extensions(String document) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
        String hash = HexFormat.of().formatHex(digest);
        return "{\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"" + hash + "\"}}";
    }

    @Test
    void longQueryIsExecutedAndATooLongOneRefused() {
        String space = " ".repeat(10_000);
        assertThat(caller.get("{" + space + "__typename }").statusCode()).isEqualTo(200);
        assertThat(caller.get("{" + space + space + "__typename }").statusCode())
                .isEqualTo(414);
    }
}
