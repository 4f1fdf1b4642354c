package io.taggateway.bench;

import java.util.Map;

/** The table of CPU time, and the ratios that the project aims at. */
final class BenchReport {

    private BenchReport() {}

    static void print(Map<String, Map<String, Double>> rows) {
        System.out.printf("%nCPU time for each request, in µs%n%-34s", "");
        GatewayBench.QUERIES.forEach(query -> System.out.printf("%9s", query));
        System.out.println();
        rows.forEach((name, row) -> {
            System.out.printf("%-34s", name);
            row.values().forEach(value -> System.out.printf("%9.1f", value));
            System.out.println();
        });
        System.out.println();
        ratio(rows, "gateway, repeated", "bare Reactor Netty", "q1 1.9, q2 1.9, q3 1.9, q4 1.8");
        ratio(rows, "gateway, executed", "Spring for GraphQL, @Cacheable", "q1 1.3, q4 1.3");
        ratio(rows, "gateway, executed", "Spring for GraphQL", "q2 1.1, q3 1.0");
    }

    private static void ratio(Map<String, Map<String, Double>> rows, String subject, String peer, String aim) {
        if (!rows.containsKey(subject) || !rows.containsKey(peer)) {
            return;
        }
        System.out.printf("%s, to %s (aim: %s):%n   ", subject, peer, aim);
        GatewayBench.QUERIES.forEach(query -> System.out.printf(
                " %s %.2f", query, rows.get(subject).get(query) / rows.get(peer).get(query)));
        System.out.println();
    }
}
