package io.taggateway.cluster.redis;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/** The group of one health contributor. */
record ClusterHealthGroup(HealthEndpointGroup primary, String contributor) implements HealthEndpointGroup {

    @Override
    public boolean isMember(String name) {
        return name.equals(contributor);
    }

    @Override
    public boolean showComponents(SecurityContext securityContext) {
        return true;
    }

    @Override
    public boolean showDetails(SecurityContext securityContext) {
        return false;
    }

    @Override
    public StatusAggregator getStatusAggregator() {
        return primary.getStatusAggregator();
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
        return primary.getHttpCodeStatusMapper();
    }

    @Override
    public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
        return null;
    }
}
