package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.SubjectTagsEvent;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.cache.DeliveryLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Publishes the changes of calls' tags that SIPSIM delivers. They have names of tags without ids, so the tag list is
 * reloaded first: once for all pending events, and not again before that load has ended.
 */
final class SipsimWebhookEvents {

    private static final Logger LOG = LoggerFactory.getLogger(SipsimWebhookEvents.class);

    /** The vendor may deliver an event more than once, and recommends to compare with the last hour. */
    static final Duration RETENTION = Duration.ofHours(1);

    private static final int MAX_QUEUED = 1_000;

    /** The time after a write of the gateway during which other tags may be those from before the write. */
    private static final Duration DOUBT = Duration.ofMinutes(5);

    private final TagSource tags;
    private final CallSource calls;
    private final ChangeFeed feed;
    private final Tenant tenant;
    private final Clock clock;
    private final DeliveryLog deliveries;
    private final Deque<CallTags> waiting = new ArrayDeque<>();
    private boolean reading;

    SipsimWebhookEvents(SourcePair sources, DeliveryLog deliveries, ChangeFeed feed, Tenant tenant, Clock clock) {
        this.tenant = tenant;
        this.tags = sources.tags();
        this.calls = sources.calls();
        this.feed = feed;
        this.clock = clock;
        this.deliveries = deliveries;
    }

    /**
     * Records that the tags of a call have changed, and returns without waiting for the processing.
     *
     * @param time when it changed, by the vendor's clock; null if that is unknown
     * @param names the names of all its tags now; null if unknown
     * @param parts the parts that identify the delivery
     */
    Mono<Void> accept(String call, @Nullable Instant time, @Nullable List<String> names, List<String> parts) {
        return deliveries
                .record(fingerprint(parts), call, time)
                .filter(isNew -> isNew)
                .doOnNext(isNew -> enqueue(new CallTags(call, time, names, now())))
                .then();
    }

    private void enqueue(CallTags call) {
        synchronized (waiting) {
            if (waiting.size() == MAX_QUEUED) {
                waiting.removeFirst();
                LOG.warn("SIPSIM webhook queue full, oldest event dropped: tenant={}", tenant.name());
            }
            waiting.addLast(call);
            if (reading) {
                return;
            }
            reading = true;
        }
        read();
    }

    private void read() {
        List<CallTags> batch;
        synchronized (waiting) {
            batch = new ArrayList<>(waiting);
            waiting.clear();
            reading = !batch.isEmpty();
        }
        if (batch.isEmpty()) {
            return;
        }
        tags.reloadList()
                .doOnError(
                        error -> !(error instanceof SourceException),
                        error -> LOG.error("Tags not read: tenant={}", tenant.name(), error))
                .doFinally(signal -> read())
                .contextWrite(OperationContext.background("sipsim-webhook")::in)
                .subscribe(
                        list -> batch.forEach(call -> publish(call, list)),
                        error -> batch.forEach(call -> publish(call, null)));
    }

    private void publish(CallTags call, @Nullable TagList list) {
        String id = GlobalId.of(Vendor.SIPSIM, NodeType.CALL, call.call());
        List<Tag> found = list == null || call.names() == null ? null : find(call.names(), list);
        SubjectTagsEvent reported = SubjectTagsEvent.reported(id, found, call.arrivedAt());
        Instant written = feed.contradictedWrite(reported);
        boolean late = written != null && call.time() != null && call.time().isBefore(written);
        if (written == null || (!late && written.plus(DOUBT).isBefore(call.arrivedAt()))) {
            feed.publishIfChanged(reported);
        } else {
            publishAsOfNow(id, call.call());
        }
    }

    /** A delivery may be older than a published write, so the call is read, once for all subscribers. */
    private void publishAsOfNow(String id, String call) {
        Instant asked = now();
        calls.find(call)
                .mapNotNull(Call::embeddedTags)
                .map(now -> SubjectTagsEvent.reported(id, now, asked))
                .defaultIfEmpty(SubjectTagsEvent.reported(id, null, asked))
                .onErrorReturn(SourceException.class, SubjectTagsEvent.reported(id, null, asked))
                .contextWrite(OperationContext.background("sipsim-webhook")::in)
                .subscribe(
                        feed::publishIfChanged, error -> LOG.error("Call not read: tenant={}", tenant.name(), error));
    }

    /** The tags with some names; null if one is unknown, so that subscribers read them from the vendor. */
    private static @Nullable List<Tag> find(List<String> names, TagList list) {
        Map<String, Tag> byName = new HashMap<>();
        list.tags().forEach(tag -> byName.putIfAbsent(tag.name(), tag));
        return byName.keySet().containsAll(names)
                ? names.stream().distinct().map(byName::get).toList()
                : null;
    }

    /** A digest that identifies a delivery. Two changes of a call differ in time or in tags. */
    private static String fingerprint(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(part -> {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant now() {
        return MonotonicClock.wall(clock).instant();
    }

    /** The sources from which the tags and the call of a delivery are read. */
    record SourcePair(TagSource tags, CallSource calls) {}

    private record CallTags(
            String call, @Nullable Instant time, @Nullable List<String> names, Instant arrivedAt) {}
}
