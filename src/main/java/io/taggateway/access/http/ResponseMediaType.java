package io.taggateway.access.http;

import java.util.List;
import org.springframework.graphql.MediaTypes;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.server.NotAcceptableStatusException;

/** A media type of responses. Of those that a request accepts equally, the first is used. */
public enum ResponseMediaType {
    JSON(3),
    GRAPHQL_RESPONSE(4),
    /** Used only if a request accepts it by name. */
    EVENT_STREAM(2);

    private static final List<ResponseMediaType> TYPES = List.of(values());

    /** The specificity of an exact media type, among ranges of equal weight. */
    private final int named;

    private final String text;

    ResponseMediaType(int named) {
        this.named = named;
        this.text = mediaType().toString();
    }

    /**
     * The type that a request prefers; JSON if it has no {@code Accept}.
     *
     * @throws NotAcceptableStatusException if it accepts none
     */
    static ResponseMediaType accepted(HttpHeaders headers) {
        List<MediaType> ranges = ranges(headers);
        if (ranges.isEmpty()) {
            return JSON;
        }
        ResponseMediaType best = null;
        long bestScore = 0;
        for (ResponseMediaType type : TYPES) {
            long score = type.score(ranges);
            if (score > bestScore) {
                best = type;
                bestScore = score;
            }
        }
        if (best == null) {
            throw notAcceptable();
        }
        return best;
    }

    /** The type as the value of a header. */
    String text() {
        return text;
    }

    /** Whether a request accepts event streams by name, even if it prefers another type. */
    static boolean acceptsStream(HttpHeaders headers) {
        return EVENT_STREAM.score(ranges(headers)) > 0;
    }

    /** The type of an error response, also for a request that accepts no type. */
    static MediaType ofErrors(HttpHeaders headers) {
        try {
            return (accepted(headers) == GRAPHQL_RESPONSE ? GRAPHQL_RESPONSE : JSON).mediaType();
        } catch (NotAcceptableStatusException e) {
            return JSON.mediaType();
        }
    }

    /** Whether a request names a type in {@code Accept} that no form, image or event source sends. */
    static boolean anyNamed(HttpHeaders headers) {
        return ranges(headers).stream()
                .anyMatch(range -> range.equalsTypeAndSubtype(JSON.mediaType())
                        || range.equalsTypeAndSubtype(GRAPHQL_RESPONSE.mediaType()));
    }

    MediaType mediaType() {
        return switch (this) {
            case JSON -> MediaType.APPLICATION_JSON;
            case GRAPHQL_RESPONSE -> MediaTypes.APPLICATION_GRAPHQL_RESPONSE;
            case EVENT_STREAM -> MediaType.TEXT_EVENT_STREAM;
        };
    }

    private static List<MediaType> ranges(HttpHeaders headers) {
        try {
            return headers.getAccept();
        } catch (InvalidMediaTypeException e) {
            throw notAcceptable();
        }
    }

    private static NotAcceptableStatusException notAcceptable() {
        return new NotAcceptableStatusException(List.of(GRAPHQL_RESPONSE.mediaType(), JSON.mediaType()));
    }

    /** The weight, then the specificity of the most specific matching range; 0 if the type is not accepted. */
    private long score(List<MediaType> ranges) {
        int bestRank = -1;
        double weight = 0;
        for (MediaType range : ranges) {
            int rank = rank(range);
            if (rank > bestRank) {
                bestRank = rank;
                weight = range.getQualityValue();
            }
        }
        return weight == 0 ? 0 : Math.round(weight * 1_000) * 10 + bestRank;
    }

    private int rank(MediaType range) {
        if (range.equalsTypeAndSubtype(mediaType())) {
            return named;
        }
        if (this == EVENT_STREAM || !range.includes(mediaType())) {
            return -1;
        }
        return range.isWildcardType() ? 0 : 1;
    }
}
