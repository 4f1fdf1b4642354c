package io.taggateway.bench;

import java.util.List;
import java.util.Map;

/**
 * A program that is measured.
 *
 * @param name the row in the table
 * @param port the port it listens on
 * @param arguments the arguments of its JVM
 * @param environment its environment
 * @param documents the text of each query that it is asked; none if paths stand for queries
 */
record Subject(
        String name, int port, List<String> arguments, Map<String, String> environment, Map<String, String> documents) {

    String path(String query) {
        return documents.isEmpty() ? "/" + query : "/graphql";
    }
}
