package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.SubjectTagsEvent;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.cache.DeliveryLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Publishes the changes of calls' tags that SIPSIM delivers. They name tags without ids, so the tag list is read again
 * first: once for all events that have come until then, and no second time before that read is over.
 */
final class SipsimWebhookEvents {

    private static final Logger LOG = LoggerFactory.getLogger(SipsimWebhookEvents.class);

    /** The vendor delivers an event more than once; its own advice is to look an hour back. */
    private static final Duration RETENTION = Duration.ofHours(1);

    private static final int MAX_QUEUED = 1_000;

    private final TagSource tags;
    private final ChangeFeed feed;
    private final Clock clock;
    private final DeliveryLog deliveries;
    private final Deque<CallTags> waiting = new ArrayDeque<>();
    private boolean reading;

    SipsimWebhookEvents(TagSource tags, ChangeFeed feed, Clock clock) {
        this.tags = tags;
        this.feed = feed;
        this.clock = clock;
        this.deliveries = new DeliveryLog(RETENTION, clock);
    }

    /**
     * A call has other tags than before; answers as soon as that is recorded.
     *
     * @param time as the vendor writes it
     * @param names of all tags that are on it now
     */
    Mono<Void> accept(String call, String time, List<String> names) {
        return deliveries
                .record(fingerprint(call, time, names))
                .filter(isNew -> isNew)
                .doOnNext(isNew -> enqueue(new CallTags(call, names)))
                .then();
    }

    private void enqueue(CallTags call) {
        synchronized (waiting) {
            if (waiting.size() == MAX_QUEUED) {
                waiting.removeFirst();
                LOG.warn("SIPSIM webhook queue full, oldest event dropped");
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
        tags.listAfresh()
                .doOnError(error -> !(error instanceof SourceException), error -> LOG.error("Tags not read", error))
                .doFinally(signal -> read())
                .contextWrite(OperationContext.background("sipsim-webhook")::in)
                .subscribe(
                        list -> batch.forEach(call -> publish(call, list)),
                        error -> batch.forEach(call -> publish(call, null)));
    }

    private void publish(CallTags call, @Nullable TagList list) {
        String id = GlobalId.of(Vendor.SIPSIM, NodeType.CALL, call.call());
        List<Tag> found = list == null ? null : find(call.names(), list);
        feed.publishIfChanged(
                SubjectTagsEvent.heard(id, found, MonotonicClock.wall(clock).instant()));
    }

    /** The tags of some names; null where not all are known, so that listeners ask the vendor. */
    private static @Nullable List<Tag> find(List<String> names, TagList list) {
        Map<String, Tag> byName = new HashMap<>();
        list.tags().forEach(tag -> byName.putIfAbsent(tag.name(), tag));
        return byName.keySet().containsAll(names)
                ? names.stream().distinct().map(byName::get).toList()
                : null;
    }

    /**
     * What makes two deliveries the same, in a few bytes however long they are; two changes of a call differ in time or
     * in tags.
     */
    private static String fingerprint(String call, String time, List<String> names) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Stream.concat(Stream.of(call, time), names.stream()).forEach(part -> {
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

    private record CallTags(String call, List<String> names) {}
}
