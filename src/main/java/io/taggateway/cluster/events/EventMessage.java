package io.taggateway.cluster.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message with the events of one publication: three lines, and then the events.
 *
 * @param channel the channel of the events
 * @param id the publication
 * @param accepted the indexes of the events that were not published before; null for all of them
 */
record EventMessage(String channel, String id, @Nullable Set<Integer> accepted, String events) {

    private static final int LINES = 3;

    /** The parsed message; null if it is not valid. */
    static @Nullable EventMessage parse(byte[] message) {
        String[] lines = new String[LINES];
        int start = 0;
        for (int line = 0; line < LINES; line++) {
            int end = start;
            while (end < message.length && message[end] != '\n') {
                end++;
            }
            if (end == message.length) {
                return null;
            }
            lines[line] = new String(message, start, end - start, StandardCharsets.UTF_8);
            start = end + 1;
        }
        Set<Integer> accepted = lines[2].isEmpty()
                ? null
                : Stream.of(lines[2].split(",", -1)).map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
        return new EventMessage(
                lines[0],
                lines[1],
                accepted,
                new String(message, start, message.length - start, StandardCharsets.UTF_8));
    }

    /** The events of the publication that are delivered. */
    <T> List<T> delivered(List<T> published) {
        return accepted == null
                ? published
                : IntStream.range(0, published.size())
                        .filter(accepted::contains)
                        .mapToObj(published::get)
                        .toList();
    }
}
