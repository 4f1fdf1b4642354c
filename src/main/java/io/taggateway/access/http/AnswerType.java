package io.taggateway.access.http;

import java.util.List;
import org.springframework.graphql.MediaTypes;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.server.NotAcceptableStatusException;

/** A media type of answers. On equal terms the first that a request accepts is taken. */
public enum AnswerType {
    JSON(3),
    GRAPHQL_RESPONSE(4),
    /** Only for those who ask for it by name. */
    EVENT_STREAM(2);

    private static final int SUBTYPE_WILDCARD = 1;
    private static final int WILDCARD = 0;

    /** What it counts to be asked for by name, where the weights that a request gives are equal. */
    private final int named;

    AnswerType(int named) {
        this.named = named;
    }

    /**
     * The type that a request accepts best; JSON where it does not say.
     *
     * @throws NotAcceptableStatusException where it accepts none
     */
    static AnswerType accepted(HttpHeaders headers) {
        List<MediaType> ranges = ranges(headers);
        if (ranges.isEmpty()) {
            return JSON;
        }
        AnswerType best = JSON;
        Match match = Match.NONE;
        for (AnswerType type : values()) {
            Match other = type.match(ranges);
            if (other.isBetterThan(match)) {
                best = type;
                match = other;
            }
        }
        if (match.weight() == 0) {
            throw new NotAcceptableStatusException(List.of(GRAPHQL_RESPONSE.mediaType(), JSON.mediaType()));
        }
        return best;
    }

    /** The type that says what is wrong with a request, which may be that it accepts none. */
    public static MediaType ofErrors(HttpHeaders headers) {
        try {
            return accepted(headers) == GRAPHQL_RESPONSE ? GRAPHQL_RESPONSE.mediaType() : JSON.mediaType();
        } catch (NotAcceptableStatusException e) {
            return JSON.mediaType();
        }
    }

    /** Whether a request asks by name for a type that no form, image or event source does. */
    static boolean anyNamed(HttpHeaders headers) {
        List<MediaType> ranges = ranges(headers);
        return JSON.match(ranges).rank() > SUBTYPE_WILDCARD
                || GRAPHQL_RESPONSE.match(ranges).rank() > SUBTYPE_WILDCARD;
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
            throw new NotAcceptableStatusException(List.of(GRAPHQL_RESPONSE.mediaType(), JSON.mediaType()));
        }
    }

    /** Of the ranges that a type is in, the most specific one counts. */
    private Match match(List<MediaType> ranges) {
        Match match = Match.NONE;
        for (MediaType range : ranges) {
            int rank = rank(range);
            if (rank > match.rank()) {
                match = new Match(range.getQualityValue(), rank);
            }
        }
        return match;
    }

    private int rank(MediaType range) {
        if (range.equalsTypeAndSubtype(mediaType())) {
            return named;
        }
        if (this == EVENT_STREAM || !range.includes(mediaType())) {
            return Match.NONE.rank();
        }
        return range.isWildcardType() ? WILDCARD : SUBTYPE_WILDCARD;
    }

    /** How well a type is accepted. */
    private record Match(double weight, int rank) {

        static final Match NONE = new Match(0, -1);

        boolean isBetterThan(Match other) {
            return weight > other.weight || (weight > 0 && weight == other.weight && rank > other.rank);
        }
    }
}
