package io.taggateway.access.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** The encodings of request bodies. */
enum ContentEncoding {
    IDENTITY,
    GZIP,
    DEFLATE;

    /** The low four bits of the first byte distinguish a zlib stream from raw deflate, which some clients send. */
    private static final int ZLIB_METHOD = 8;

    /**
     * The encoding in the headers of a request.
     *
     * @throws ResponseStatusException if it is another one
     */
    static ContentEncoding of(HttpHeaders headers) {
        List<String> names = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
        String name = names.isEmpty() ? "identity" : String.join(",", names).strip();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "identity", "" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> throw new UnsupportedEncodingStatusException();
        };
    }

    /**
     * Decompresses a body and releases its buffer.
     *
     * @throws ResponseStatusException if there are too many, or they cannot be decompressed
     */
    byte[] decode(DataBuffer body, int maxSize) {
        if (this == IDENTITY) {
            byte[] bytes = new byte[body.readableByteCount()];
            body.read(bytes);
            DataBufferUtils.release(body);
            return bytes;
        }
        try (InputStream bytes = decompressed(body.asInputStream())) {
            byte[] decoded = bytes.readNBytes(maxSize);
            if (bytes.read() >= 0) {
                throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
            }
            return decoded;
        } catch (IOException e) {
            throw new RefusedRequestException("The body cannot be decompressed.");
        } finally {
            DataBufferUtils.release(body);
        }
    }

    private InputStream decompressed(InputStream bytes) throws IOException {
        if (this == GZIP) {
            return new GZIPInputStream(bytes);
        }
        byte[] first = bytes.readNBytes(1);
        boolean bare = first.length == 0 || (first[0] & 0xF) != ZLIB_METHOD;
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(first), bytes);
        return new InflaterInputStream(all, new Inflater(bare));
    }

    /** The error for an unknown encoding, with a header that lists the known ones. */
    private static final class UnsupportedEncodingStatusException extends UnsupportedMediaTypeStatusException {

        private static final long serialVersionUID = 1L;

        UnsupportedEncodingStatusException() {
            super("Content-Encoding is not known");
        }

        @Override
        public HttpHeaders getHeaders() {
            HttpHeaders headers = new HttpHeaders();
            headers.set(HttpHeaders.ACCEPT_ENCODING, "gzip, deflate");
            return headers;
        }
    }
}
