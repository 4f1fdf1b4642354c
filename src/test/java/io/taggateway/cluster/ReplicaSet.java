package io.taggateway.cluster;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxProperties;
import io.taggateway.support.SandboxInitializer;
import io.taggateway.support.SettableClock;
import io.taggateway.support.VendorRecordClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Several gateways, each a process of its own, with one Redis and the same simulated vendors. */
public record ReplicaSet(
        RedisServer redis, Sandbox sandbox, List<GatewayProcess> replicas, Map<String, String> variables)
        implements AutoCloseable {

    /** Starts a number of gateways with environment variables in addition to those for Redis and the vendors. */
    public static ReplicaSet start(int count, Map<String, String> variables) {
        RedisServer redis = RedisServer.start();
        Sandbox sandbox = Sandbox.start(SandboxProperties.defaults(), SettableClock.running());
        Map<String, String> all = new HashMap<>(SandboxInitializer.properties(sandbox));
        all.put("REDIS_URL", redis.url());
        all.putAll(variables);
        List<GatewayProcess> replicas = IntStream.range(0, count)
                .mapToObj(i -> GatewayProcess.begin(all))
                .toList();
        replicas.forEach(GatewayProcess::ready);
        return new ReplicaSet(redis, sandbox, replicas, all);
    }

    /** The base URL of a gateway, in turn. */
    public String url(int index) {
        return replicas.get(index % replicas.size()).url();
    }

    /** Starts another gateway, which is not closed with the others. */
    GatewayProcess startAnother() {
        return GatewayProcess.begin(variables).ready();
    }

    public VendorRecordClient records() {
        return VendorRecordClient.of(sandbox);
    }

    @Override
    public void close() {
        replicas.forEach(GatewayProcess::close);
        redis.close();
        sandbox.close();
    }
}
