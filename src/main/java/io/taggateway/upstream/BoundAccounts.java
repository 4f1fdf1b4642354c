package io.taggateway.upstream;

import io.taggateway.tagging.directory.AccountOpener;
import io.taggateway.tagging.directory.AccountSettings;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.VendorProfile.Origin;
import java.util.List;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Opens accounts with the settings under {@code gateway.vendors}. */
@Component
final class BoundAccounts implements AccountOpener {

    private final List<VendorAccountFactory> factories;
    private final Binder binder;
    private final Origin origin;

    BoundAccounts(List<VendorAccountFactory> factories, Environment environment) {
        this.factories = factories;
        this.binder = Binder.get(
                environment, new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
        this.origin =
                environment.getProperty("gateway.sandbox.active", boolean.class, false) ? Origin.SANDBOX : Origin.LIVE;
    }

    @Override
    public List<VendorAccount> open(ChangeFeed feed) {
        return factories.stream()
                .map(factory -> factory.open(new Settings(factory.vendor(), feed)))
                .toList();
    }

    private final class Settings implements AccountSettings {

        private final Vendor vendor;
        private final ChangeFeed feed;

        Settings(Vendor vendor, ChangeFeed feed) {
            this.vendor = vendor;
            this.feed = feed;
        }

        @Override
        public <T> T bind(Class<T> type) {
            return binder.bindOrCreate("gateway.vendors." + vendor.prefix(), Bindable.of(type));
        }

        @Override
        public Origin origin() {
            return origin;
        }

        @Override
        public ChangeFeed feed() {
            return feed;
        }
    }
}
