package io.taggateway.support;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The response to a mutation as short lines: {@code SWIPEONE FAILED NAME_TAKEN@input.name} or {@code swipeone:contact:1
 * UPDATED +VIP -Trial !UPSTREAM_UNAVAILABLE}, tags by name.
 */
public record MutationResponse(JsonNode response, String mutation) {

    private static final String TAG =
            "tag { id vendor remoteId name slug remoteKey description color { hex name exact raw } }";
    private static final String USER_ERRORS = "userErrors { field message code vendor }";
    private static final String ERROR = "error { code reason message retryAfterSeconds }";
    private static final String STATE = "{ name slug description color { hex raw } }";
    private static final String TAG_RESULT = "{ vendor status action before " + STATE + " after " + STATE + " slug "
            + TAG + ' ' + USER_ERRORS + " warnings { code message } " + ERROR + " }";
    private static final String SUBJECT = "subject { __typename id tags { id name } }";
    private static final String SUBJECT_RESULT = "{ subjectId status action added { id name } removed { id name } "
            + SUBJECT + ' ' + USER_ERRORS + ' ' + ERROR + " }";

    /** Executes one mutation, such as {@code deleteTag(input: {id: "sipsim:tag:1"})}, and selects its whole payload. */
    public static MutationResponse of(TestGateway gateway, String call) {
        return of(gateway.url(), call);
    }

    public static MutationResponse of(String url, String call) {
        return later(url, call).join();
    }

    public static CompletableFuture<MutationResponse> later(String url, String call) {
        String mutation = call.substring(0, call.indexOf('('));
        return JsonClient.executeAsync(url, "mutation { " + call + ' ' + payload(mutation) + " }")
                .thenApply(response -> new MutationResponse(response, mutation));
    }

    /** All fields of a mutation's payload. */
    public static String payload(String mutation) {
        return switch (mutation) {
            case "createTag", "syncTags" -> "{ results " + TAG_RESULT + ' ' + USER_ERRORS + " }";
            case "updateTag" -> "{ " + TAG + " result " + TAG_RESULT + ' ' + USER_ERRORS + " }";
            case "deleteTag" -> "{ deletedTagId result " + TAG_RESULT + ' ' + USER_ERRORS + " }";
            case "updateTagGroup" ->
                "{ group { slug name tags { id name description color { hex } } drift { field } } results " + TAG_RESULT
                        + ' ' + USER_ERRORS + " }";
            case "addTags", "removeTags", "setTags" ->
                "{ " + SUBJECT + " result " + SUBJECT_RESULT + ' ' + USER_ERRORS + " }";
            case "tagSubjects", "tagCalls" -> "{ results " + SUBJECT_RESULT + " changed failed " + USER_ERRORS + " }";
            default -> throw new IllegalArgumentException(mutation);
        };
    }

    /** The only result, or the first of several. */
    public String result() {
        return results().getFirst();
    }

    public List<String> results() {
        JsonNode payload = payload();
        Stream<JsonNode> results = payload.has("results")
                ? payload.path("results").valueStream()
                : Stream.of(payload.path("result")).filter(JsonNode::isObject);
        return results.map(MutationResponse::line).toList();
    }

    /** The payload's own user errors. */
    public List<String> userErrors() {
        return payload()
                .path("userErrors")
                .valueStream()
                .map(MutationResponse::userError)
                .toList();
    }

    /** The response's errors, such as {@code createTag DOWNSTREAM_SERVICE_ERROR SIPSIM UPSTREAM_FORBIDDEN}. */
    public List<String> errors() {
        return response.path("errors")
                .valueStream()
                .map(error -> String.join(
                        " ",
                        error.at("/path/0").asString(""),
                        error.at("/extensions/code").asString(""),
                        error.at("/extensions/service").asString(""),
                        error.at("/extensions/reason").asString("")))
                .toList();
    }

    public JsonNode payload() {
        return response.path("data").path(mutation);
    }

    /** The text at a JSON pointer into the payload; empty where there is none. */
    public String text(String pointer) {
        return payload().at(pointer).asString("");
    }

    public List<String> texts(String pointer, String member) {
        return payload()
                .at(pointer)
                .valueStream()
                .map(node -> node.path(member).asString(""))
                .toList();
    }

    private static String line(JsonNode result) {
        StringBuilder line = new StringBuilder(
                result.has("vendor")
                        ? result.path("vendor").asString()
                        : result.path("subjectId").asString());
        line.append(' ').append(result.path("status").asString());
        names(result, "added").forEach(name -> line.append(" +").append(name));
        names(result, "removed").forEach(name -> line.append(" -").append(name));
        result.path("userErrors")
                .valueStream()
                .forEach(error -> line.append(' ').append(userError(error)));
        result.path("warnings")
                .valueStream()
                .forEach(warning -> line.append(' ').append(warning.path("code").asString()));
        if (result.path("error").isObject()) {
            line.append(" !").append(result.at("/error/reason").asString());
        }
        return line.toString();
    }

    private static Stream<String> names(JsonNode result, String member) {
        return result.path(member)
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .sorted();
    }

    private static String userError(JsonNode error) {
        List<String> field =
                error.path("field").valueStream().map(JsonNode::asString).toList();
        return error.path("code").asString() + '@' + String.join(".", field);
    }
}
