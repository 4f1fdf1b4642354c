package io.taggateway.access.limits;

import graphql.GraphQLError;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes results as JSON, up to the maximum size of a response. The output is in pieces, so that a large one is never
 * copied as a whole.
 */
@Component
public class ResponseSerializer {

    private final JsonMapper json;
    private final long max;

    ResponseSerializer(JsonMapper json, LimitsProperties properties) {
        this.json = json;
        this.max = properties.responseSize().toBytes();
    }

    /** The JSON of a result; null if it is too large. */
    public @Nullable List<byte[]> write(Object result) {
        ChunkedOutput pieces = new ChunkedOutput(max);
        try {
            json.writeValue(pieces, result);
        } catch (RuntimeException e) {
            if (pieces.size <= max) {
                throw e;
            }
            return null;
        }
        return pieces.written;
    }

    /** The error that takes the place of a result that is too large. */
    public GraphQLError tooLarge() {
        return ErrorRenderer.of(
                ErrorCode.COST_ESTIMATED_TOO_EXPENSIVE, "The response has more than " + max + " bytes.", false);
    }

    private static final class ChunkedOutput extends OutputStream {

        private final List<byte[]> written = new ArrayList<>();
        private final long max;
        private long size;

        ChunkedOutput(long max) {
            this.max = max;
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            size += length;
            if (size > max) {
                throw new IllegalStateException("Too large");
            }
            written.add(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }
}
