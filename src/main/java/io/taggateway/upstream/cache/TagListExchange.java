package io.taggateway.upstream.cache;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Shares the tag lists of accounts with the other replicas, and publishes to them that a list has changed. */
public interface TagListExchange {

    /** The exchange of a single gateway. */
    TagListExchange NONE = (account, vendor, invalidation) -> new Member() {
        @Override
        public Mono<TagList> load(Mono<TagList> request, boolean afresh) {
            return request;
        }

        @Override
        public Mono<Void> publish(Change change) {
            return Mono.empty();
        }

        @Override
        public Mono<Boolean> catchUp() {
            return Mono.just(false);
        }

        @Override
        public void close() {
            // There is nothing to close
        }
    };

    /**
     * Adds a cached list.
     *
     * @param invalidation invalidates the list, as it has changed in another replica; it must not block
     */
    Member join(Account account, Vendor vendor, Consumer<Change> invalidation);

    /**
     * An account whose list is cached.
     *
     * @param identity distinguishes the accounts that a tenant may have at the vendor, one after the other
     */
    record Account(Tenant tenant, String identity) {}

    /**
     * A change of a list.
     *
     * @param remoteId the vendor's id of the tag that was changed; null if any may have been
     * @param deleted whether the tag was deleted
     */
    record Change(@Nullable String remoteId, boolean deleted) {

        /** A change of any number of tags. */
        public static final Change UNKNOWN = new Change(null, false);

        /** The change that was or may have been made to a tag; of any if it is null. */
        static Change of(@Nullable Tag tag) {
            return tag == null ? UNKNOWN : new Change(tag.remoteId(), false);
        }

        static Change deleted(Tag tag) {
            return new Change(tag.remoteId(), true);
        }
    }

    /** A cached list of this replica. */
    interface Member extends AutoCloseable {

        /**
         * A list that another replica has stored and that is fresh, or else the result of a request, which is stored if
         * it is complete.
         *
         * @param request requests the list from the vendor; subscribed to at most once
         * @param afresh whether no stored list is used
         */
        Mono<TagList> load(Mono<TagList> request, boolean afresh);

        /** Publishes that the list has changed; never fails. */
        Mono<Void> publish(Change change);

        /**
         * Completes when this replica knows of all changes that were published before.
         *
         * @return whether the list may be older than such a change, so that it was invalidated
         */
        Mono<Boolean> catchUp();

        @Override
        void close();
    }
}
