package io.taggateway.cluster.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.taggateway.tagging.model.StartupException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of Redis: one server, the master that Sentinels monitor, or some nodes of a Redis Cluster.
 *
 * @param nodes the first is the only one, unless this is a cluster
 */
record RedisAddress(List<RedisURI> nodes, boolean isCluster) {

    private static final Pattern CLUSTER = Pattern.compile("(rediss?)(-cluster)?(://[^/?]+)(.*)");

    /**
     * The address in a URL with one of the schemes {@code redis}, {@code rediss}, {@code redis-sentinel},
     * {@code rediss-sentinel}, {@code redis-cluster} or {@code rediss-cluster}. Several hosts of {@code redis} or
     * {@code rediss} are nodes of a cluster.
     *
     * @throws StartupException if it is not valid; the message does not contain it
     */
    static RedisAddress parse(String url) {
        try {
            Matcher cluster = CLUSTER.matcher(url);
            boolean isCluster = cluster.matches()
                    && (cluster.group(2) != null || hosts(cluster.group(3)).contains(","));
            List<RedisURI> nodes = isCluster
                    ? RedisClusterURIUtil.toRedisURIs(
                            URI.create(cluster.group(1) + cluster.group(3) + cluster.group(4)))
                    : List.of(RedisURI.create(URI.create(url)));
            return new RedisAddress(nodes, isCluster);
        } catch (RuntimeException e) {
            // Its message has the URL, which may contain a password
            throw new StartupException(
                    "REDIS_URL is not an address of Redis, such as redis://user:password@host:6379.");
        }
    }

    /** The part after the user and the password, which may contain commas. */
    private static String hosts(String authority) {
        return authority.substring(authority.lastIndexOf('@') + 1);
    }
}
