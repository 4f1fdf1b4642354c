package io.taggateway.support;

import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorAccount.Connection;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import reactor.core.publisher.Mono;

/** Wraps the call sources of a gateway, so that one can throw an exception that no adapter throws. */
final class CallSourceFaultInjector implements BeanPostProcessor {

    private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
    private volatile boolean late;

    /** Makes the next listing of calls throw, at once or after the vendor's response; null for none. */
    void failNext(@Nullable Throwable thrown, boolean later) {
        late = later;
        defect.set(thrown);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof VendorAccountFactory factory ? new Factory(factory) : bean;
    }

    private final class Factory implements VendorAccountFactory {

        private final VendorAccountFactory delegate;

        Factory(VendorAccountFactory delegate) {
            this.delegate = delegate;
        }

        @Override
        public Vendor vendor() {
            return delegate.vendor();
        }

        @Override
        public Class<?> settingsType() {
            return delegate.settingsType();
        }

        @Override
        public VendorAccount open(AccountSettings settings) {
            VendorAccount account = delegate.open(settings);
            PortSet ports = account.ports();
            return ports.calls() == null
                    ? account
                    : new VendorAccount(
                            account.profile(),
                            new PortSet(
                                    ports.tags(),
                                    new Calls(ports.calls()),
                                    ports.contacts(),
                                    ports.assignments(),
                                    ports.webhook()),
                            new DelegatingConnection(account));
        }
    }

    private final class Calls implements CallSource {

        private final CallSource delegate;

        Calls(CallSource delegate) {
            this.delegate = delegate;
        }

        @Override
        public Vendor vendor() {
            return delegate.vendor();
        }

        @Override
        public int maxPageSize() {
            return delegate.maxPageSize();
        }

        @Override
        public Set<CallQuery.Member> filters() {
            return delegate.filters();
        }

        @Override
        public Mono<SourcePage<Call>> list(CallQuery query, PageToken page, int limit) {
            Throwable thrown = defect.getAndSet(null);
            if (thrown == null) {
                return delegate.list(query, page, limit);
            }
            if (late) {
                return delegate.list(query, page, limit).map(response -> {
                    throw unchecked(thrown);
                });
            }
            throw unchecked(thrown);
        }

        private static RuntimeException unchecked(Throwable thrown) {
            if (thrown instanceof Error error) {
                throw error;
            }
            return (RuntimeException) thrown;
        }

        @Override
        public Mono<Call> find(String remoteId) {
            return delegate.find(remoteId);
        }

        @Override
        public Mono<List<Tag>> listTags(String remoteId) {
            return delegate.listTags(remoteId);
        }
    }

    private record DelegatingConnection(VendorAccount account) implements Connection {

        @Override
        public Condition condition() {
            return account.condition();
        }

        @Override
        public long writeVersion() {
            return account.writeVersion();
        }

        @Override
        public void retire() {
            account.retire();
        }

        @Override
        public void close() {
            account.close();
        }
    }
}
