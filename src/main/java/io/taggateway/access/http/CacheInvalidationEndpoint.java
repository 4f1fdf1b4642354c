package io.taggateway.access.http;

import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.source.TagSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The endpoint with which operators invalidate cached tag lists: of all tenants and vendors, or of those in the
 * parameters.
 */
@Component
class CacheInvalidationEndpoint implements RouterFunction<ServerResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(CacheInvalidationEndpoint.class);
    private static final String PATH = "/admin/caches/invalidate";

    private final TenantRegistry tenants;
    private final TenantCatalog catalog;
    private final CrossSiteRequestCheck crossSite;

    CacheInvalidationEndpoint(TenantRegistry tenants, TenantCatalog catalog, CrossSiteRequestCheck crossSite) {
        this.tenants = tenants;
        this.catalog = catalog;
        this.crossSite = crossSite;
    }

    @Override
    public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
        return request.method().equals(HttpMethod.POST) && request.path().equals(PATH)
                ? Mono.just(this::invalidate)
                : Mono.empty();
    }

    private Mono<ServerResponse> invalidate(ServerRequest request) {
        crossSite.refuse(request.exchange().getRequest());
        String tenant = request.queryParam("tenant").orElse(null);
        String vendor = request.queryParam("vendor").orElse(null);
        if (tenant != null && !catalog.isConfigured(Tenant.of(tenant))) {
            return refuse("There is no tenant with this name.");
        }
        List<VendorAccount> accounts = directories(tenant)
                .flatMap(directory -> directory.accounts().stream())
                .filter(account -> vendor == null || account.vendor().prefix().equals(vendor))
                .toList();
        if (vendor != null
                && accounts.isEmpty()
                && directories(tenant).findAny().isPresent()) {
            return refuse("There is no vendor with this name.");
        }
        accounts.stream()
                .flatMap(account -> Stream.ofNullable(account.ports().tags()))
                .forEach(TagSource::invalidate);
        LOG.info("Tag lists invalidated: accounts={}", accounts.size());
        return ServerResponse.noContent().build();
    }

    /** Tenants whose directory is not open have no cached lists. */
    private Stream<VendorDirectory> directories(@Nullable String tenant) {
        return tenants.open().entrySet().stream()
                .filter(open -> tenant == null || open.getKey().equals(Tenant.of(tenant)))
                .map(Map.Entry::getValue);
    }

    private static Mono<ServerResponse> refuse(String error) {
        return ServerResponse.status(HttpStatus.NOT_FOUND).bodyValue(Map.of("error", error));
    }
}
