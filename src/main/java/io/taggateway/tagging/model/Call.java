package io.taggateway.tagging.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A phone call, normalized.
 *
 * @param remoteId the vendor's own id, a number or a text there, always a text here
 * @param callerNumber E.164 where it could be parsed, else as it came
 * @param receiverNumber likewise
 * @param durationSeconds null if the vendor does not know it
 * @param embeddedTags the tags as they came with the call; null if the vendor left them out
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

    /** A call, on which each tag counts once however often its vendor lists it. */
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

    /** Tags without those whose ids came before. */
    public static List<Tag> distinct(List<Tag> tags) {
        Map<String, Tag> byId = new LinkedHashMap<>();
        tags.forEach(tag -> byId.putIfAbsent(tag.id(), tag));
        return byId.size() == tags.size() ? tags : List.copyOf(byId.values());
    }

    /** Whether a number took part. */
    public boolean involves(String number) {
        return numbers().anyMatch(number::equals);
    }

    /** The numbers that took part, as far as they are known. */
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
