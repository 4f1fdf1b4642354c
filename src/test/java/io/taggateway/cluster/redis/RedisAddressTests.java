package io.taggateway.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.taggateway.tagging.model.StartupException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "redis://redis 1 false false",
                "redis://user:secret@redis:6380/2 1 false false",
                "rediss://user:secret@redis:6380 1 false true",
                "redis://user:sec,ret@one:6379 1 false false",
                "redis://user:secret@one:6379,two:6380 2 true false",
                "redis-cluster://user:secret@one:6379 1 true false",
                "rediss-cluster://user:secret@one:6379,two:6380,three:6381 3 true true",
                "redis-sentinel://:secret@one:26379,two:26379/0#main 1 false false",
                "rediss-sentinel://:secret@one:26379,two:26379/0#main 1 false true",
            })
    void eachFormOfUrlIsRead(String url, int nodes, boolean cluster, boolean tls) {
        RedisAddress address = RedisAddress.parse(url);

        assertThat(address.nodes()).hasSize(nodes).allMatch(node -> node.isSsl() == tls);
        assertThat(address.isCluster()).isEqualTo(cluster);
    }

    @Test
    void credentialsApplyToEachNodeOfACluster() {
        assertThat(RedisAddress.parse("redis://user:s%40cret@one:6379,two:6380").nodes())
                .allSatisfy(node -> {
                    RedisCredentials credentials = credentials(node);
                    assertThat(credentials.getUsername()).isEqualTo("user");
                    assertThat(credentials.getPassword()).containsExactly("s@cret".toCharArray());
                });
    }

    @Test
    void sentinelsKnowTheNameOfTheMaster() {
        RedisURI node = RedisAddress.parse("redis-sentinel://:secret@one:26379,two#main")
                .nodes()
                .getFirst();

        assertThat(node.getSentinelMasterId()).isEqualTo("main");
        assertThat(node.getSentinels()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"secret", "http://user:secret@redis", "redis://user:sec ret@redis", "redis://", "redis:secret"})
    void invalidUrlIsRefusedWithoutBeingDisclosed(String url) {
        assertThatThrownBy(() -> RedisAddress.parse(url))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("REDIS_URL")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private static RedisCredentials credentials(RedisURI node) {
        return Objects.requireNonNull(
                node.getCredentialsProvider().resolveCredentials().block());
    }
}
