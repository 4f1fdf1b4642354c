package io.taggateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Invented data of both vendors, as files that nginx serves in the form of each vendor's API. */
final class VendorData {

    static final int PORT = 19481;
    static final String WORKSPACE = "6682840d9286aa59ee00ffff";

    private static final int CALLS = 20;
    private static final List<String> COLORS = List.of("#DC2626", "#FFA500", "#22C55E", "#3B82F6", "#8B5CF6");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<Map<String, Object>> sipsim = new ArrayList<>();
    private final List<Map<String, Object>> swipeone = new ArrayList<>();
    private final List<Map<String, Object>> calls = new ArrayList<>();

    VendorData(int tags) {
        for (int i = 1; i <= tags; i++) {
            String color = COLORS.get(i % COLORS.size());
            sipsim.add(Map.of("id", i, "name", "Call topic " + i, "color", color, "description", "Topic number " + i));
            swipeone.add(Map.of(
                    "_id",
                    "6682840d9286aa59ee%06x".formatted(i),
                    "label",
                    "Segment " + i,
                    "name",
                    "segment " + i,
                    "workspaceId",
                    WORKSPACE,
                    "color",
                    color));
        }
        for (int i = 0; i < CALLS; i++) {
            calls.add(call(i, tags));
        }
    }

    private Map<String, Object> call(int i, int tags) {
        List<Map<String, Object>> tagged =
                List.of(sipsim.get(i * 7 % tags), sipsim.get((i * 7 + 1) % tags), sipsim.get((i * 7 + 2) % tags));
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("id", 100400 + i);
        call.put("direction", "inbound");
        call.put("duration_sec", 30 + i);
        call.put("caller_number", "+33199001%03d".formatted(i));
        call.put("called_number", "+33199009000");
        call.put("start_time", "2026-11-20T10:%02d:00Z".formatted(i));
        call.put("tags", tagged);
        return call;
    }

    /** The tags that the answer of each query has, as the remote id, the name and the color of each. */
    Map<String, List<String>> expected() {
        List<String> ofCalls = calls.stream()
                .flatMap(call -> ((List<?>) call.get("tags")).stream())
                .map(tag -> sipsimTag((Map<?, ?>) tag))
                .sorted()
                .toList();
        List<String> all = new ArrayList<>();
        sipsim.stream().limit(50).forEach(tag -> all.add(sipsimTag(tag)));
        swipeone.stream().limit(50).forEach(tag -> all.add(swipeoneTag(tag)));
        return new TreeMap<>(Map.of(
                "q1",
                all.stream().sorted().toList(),
                "q2",
                ofCalls,
                "q3",
                ofCalls,
                "q4",
                List.of(swipeoneTag(swipeone.get(7)))));
    }

    private static String sipsimTag(Map<?, ?> tag) {
        return tag.get("id") + " " + tag.get("name") + " " + tag.get("color");
    }

    private static String swipeoneTag(Map<?, ?> tag) {
        return tag.get("_id") + " " + tag.get("label") + " " + tag.get("color");
    }

    /** Writes the files and the configuration of nginx, and returns the latter. */
    Path write(Path root) throws IOException {
        StringBuilder locations = new StringBuilder();
        add(root, locations, "/api/v2/tags", page(sipsim));
        add(root, locations, "/api/v2/calls", page(calls));
        for (Map<String, Object> call : calls) {
            add(root, locations, "/api/v2/calls/" + call.get("id"), Map.of("status", 200, "data", call));
            add(root, locations, "/api/v2/calls/" + call.get("id") + "/tags", page((List<?>) call.get("tags")));
        }
        add(
                root,
                locations,
                "/api/workspaces/" + WORKSPACE + "/tags",
                Map.of("status", "success", "data", Map.of("count", swipeone.size(), "tags", swipeone)));
        for (Map<String, Object> tag : swipeone.subList(0, 50)) {
            add(
                    root,
                    locations,
                    "/api/tags/" + tag.get("_id"),
                    Map.of("status", "success", "data", Map.of("tag", tag)));
        }
        return Files.writeString(root.resolve("nginx.conf"), configuration(root, locations));
    }

    private static Map<String, Object> page(List<?> data) {
        return Map.of(
                "status",
                200,
                "data",
                data,
                "pagination",
                Map.of("count", data.size(), "limit", 1000, "has_more", false));
    }

    private static void add(Path root, StringBuilder locations, String path, Object body) throws IOException {
        Path file = Files.createDirectories(root.resolve("bodies"))
                .resolve(path.substring(1).replace('/', '_') + ".json");
        Files.write(file, JSON.writeValueAsBytes(body));
        locations.append("location = %s { alias %s; }%n".formatted(path, file));
    }

    private static String configuration(Path root, CharSequence locations) {
        return """
            worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log warn; daemon off;
            events { worker_connections 8192; }
            http {
              access_log off; default_type application/json; keepalive_timeout 300; keepalive_requests 1000000000;
              client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
              uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
              open_file_cache max=500; open_file_cache_valid 1h; sendfile on; tcp_nodelay on;
              server { listen 127.0.0.1:%2$d backlog=4096; types {}
            %3$s  }
            }
            """.formatted(root, PORT, locations);
    }
}
