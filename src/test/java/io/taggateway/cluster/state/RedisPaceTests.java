package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.guard.CoolDownChannel.Account;
import io.taggateway.upstream.guard.Pace;
import io.taggateway.upstream.guard.PaceContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The paces of an account at two replicas. */
@SlowTest
class RedisPaceTests extends PaceContract {

    private static final int REPLICAS = 4;

    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private final List<Pace> paces =
            List.of(pace(connections.first(), Tenant.DEFAULT), pace(connections.second(), Tenant.DEFAULT));

    private static Pace pace(RedisConnection redis, Tenant tenant) {
        return new RedisPace(redis, new Account(tenant, Vendor.SIPSIM), LIMITS, () -> REPLICAS);
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Override
    protected List<Pace> paces() {
        return paces;
    }

    @Test
    void accountsOfTenantsHaveTheirOwnPace() {
        permitted(paces, Duration.ofSeconds(1));
        assertThat(pace(connections.first(), new Tenant("acme")).permit().block())
                .isTrue();
    }

    @Test
    void eachReplicaHasItsShareWhileRedisIsNotAvailable() {
        connections.server().kill();
        assertThat(permitted(List.of(paces.getFirst()), Duration.ofSeconds(REPLICAS)))
                .isPositive();
    }
}
