package io.taggateway.bench;

import java.util.List;
import java.util.stream.IntStream;

/** How one subject behaves with more connections, and with more distinct operations. */
final class ScalingReport {

    private ScalingReport() {}

    static void print(WrkLoad wrk, Process process, Subject subject, int seconds) throws Exception {
        String document = subject.documents().get("q1");
        for (int connections : List.of(64, 1000)) {
            Measurement run =
                    wrk.run(process, subject, "q1", List.of(GatewayBench.body(subject, "q1")), connections, seconds);
            System.out.printf(
                    "%d connections: %.0f requests/s, median %.1f ms, p99 %.1f ms (%.1f times)%n",
                    connections, run.rate(), run.median() / 1000, run.p99() / 1000, run.p99() / run.median());
        }
        for (int distinct : List.of(10, 1000)) {
            List<String> bodies = IntStream.range(0, distinct)
                    .mapToObj(i -> "{\"query\":\"query Q%d %s\"}".formatted(i, document))
                    .toList();
            wrk.run(process, subject, "q1", bodies, 64, seconds);
            Measurement run = wrk.run(process, subject, "q1", bodies, 64, seconds);
            System.out.printf("%d distinct operations: %.0f requests/s, %.1f µs%n", distinct, run.rate(), run.cpu());
        }
        System.out.printf("At most %d MiB resident.%n", WrkLoad.peakMemory(process));
    }
}
