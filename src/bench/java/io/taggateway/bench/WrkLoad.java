package io.taggateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load by wrk on one subject, and the CPU time that its process took for it. */
final class WrkLoad {

    private static final Pattern RESULT = Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");
    private static final double TICKS_A_SECOND = 100;

    private final Path directory;

    WrkLoad(Path directory) {
        this.directory = directory;
    }

    Measurement run(Process process, Subject subject, String query, List<String> bodies, int connections, int seconds)
            throws IOException, InterruptedException {
        Path script = Files.writeString(directory.resolve("wrk.lua"), script(subject, query, bodies));
        double before = ticks(process);
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + subject.port())
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes());
        wrk.waitFor();
        double after = ticks(process);
        Matcher result = RESULT.matcher(output);
        if (!result.find()) {
            throw new IllegalStateException(output);
        }
        double requests = Math.max(1, Double.parseDouble(result.group(1)));
        return new Measurement(
                (after - before) / TICKS_A_SECOND * 1_000_000 / requests,
                requests * 1_000_000 / Double.parseDouble(result.group(2)),
                Double.parseDouble(result.group(3)),
                Double.parseDouble(result.group(4)),
                Long.parseLong(result.group(5)));
    }

    private static String script(Subject subject, String query, List<String> bodies) {
        List<String> quoted = new ArrayList<>();
        bodies.forEach(body -> quoted.add("[==[" + body + "]==]"));
        return """
            local bodies = {%s}
            local n = 0
            wrk.method = 'POST'
            wrk.headers['Content-Type'] = 'application/json'
            wrk.headers['Accept'] = 'application/json'
            wrk.headers['X-API-Key'] = '%s'
            function request()
              n = n %% #bodies + 1
              return wrk.format(nil, '%s', nil, bodies[n])
            end
            function done(summary, latency)
              local e = summary.errors
              io.write(string.format('RESULT %%d %%d %%d %%d %%d', summary.requests, summary.duration, latency:percentile(50),
                latency:percentile(99), e.status + e.connect + e.read + e.write + e.timeout))
            end
            """.formatted(String.join(",", quoted), GatewayBench.KEY, subject.path(query));
    }

    /** User and system time of the process so far, as /proc counts it. */
    static double ticks(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    }

    /** The largest resident memory of the process so far, in MiB. */
    static long peakMemory(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
