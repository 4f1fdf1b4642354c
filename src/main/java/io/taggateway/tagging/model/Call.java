package io.taggateway.tagging.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A normalized phone call.
 *
 * @param remoteId the vendor's id as text, even if the vendor uses numbers
 * @param callerNumber in E.164 form if it could be parsed, else unchanged
 * @param receiverNumber likewise
 * @param durationSeconds null if the vendor does not know it
 * @param embeddedTags the tags that the vendor sent with the call; null if it omitted them
 */
public record Call(
        Vendor vendor,
        String remoteId,
        CallType type,
        @Nullable String callerNumber,
        @Nullable String receiverNumber,
        @Nullable Instant startedAt,
        @Nullable Integer durationSeconds,
        @Nullable List<Tag> embeddedTags)
        implements Taggable {

    /** Creates a call, and removes duplicate tags. */
    public Call {
        embeddedTags = embeddedTags == null ? null : distinct(embeddedTags);
    }

    @Override
    public String id() {
        return GlobalId.of(vendor, NodeType.CALL, remoteId);
    }

    /** This call with other tags. */
    public Call withTags(List<Tag> tags) {
        return new Call(
                vendor, remoteId, type, callerNumber, receiverNumber, startedAt, durationSeconds, List.copyOf(tags));
    }

    /** The tags without duplicates by id. */
    public static List<Tag> distinct(List<Tag> tags) {
        Map<String, Tag> byId = new LinkedHashMap<>();
        tags.forEach(tag -> byId.putIfAbsent(tag.id(), tag));
        return byId.size() == tags.size() ? tags : List.copyOf(byId.values());
    }

    /** Whether a number is that of a party. */
    public boolean involves(String number) {
        return numbers().anyMatch(number::equals);
    }

    /** The known numbers of the parties. */
    public Stream<String> numbers() {
        return Stream.<@Nullable String>of(callerNumber, receiverNumber).flatMap(Stream::ofNullable);
    }

    /** The numbers of the other party: one if the type determines it, otherwise both. */
    public List<String> otherEnds() {
        Stream<@Nullable String> numbers = switch (type) {
            case INBOUND, MISSED, VOICEMAIL -> Stream.of(callerNumber);
            case OUTGOING -> Stream.of(receiverNumber);
            case UNKNOWN -> Stream.of(callerNumber, receiverNumber);
        };
        return numbers.flatMap(Stream::ofNullable).distinct().toList();
    }
}
