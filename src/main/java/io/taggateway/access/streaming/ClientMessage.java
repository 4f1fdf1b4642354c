package io.taggateway.access.streaming;

import io.taggateway.access.server.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferWrapper;
import org.springframework.graphql.server.support.GraphQlWebSocketMessage;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.StringUtils;
import reactor.core.publisher.Flux;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message of a client in {@code graphql-transport-ws}. The parsed message replaces its bytes, so that Spring for
 * GraphQL does not parse them again.
 */
final class ClientMessage extends DataBufferWrapper {

    private static final ObjectReader JSON =
            JsonMapper.shared().readerFor(JsonNode.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    /** Control characters and line separators. */
    private static final Pattern LINE_END = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    /** The character that Java decodes invalid bytes to. Valid text may contain it, too. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final Set<String> WITHOUT_ID = Set.of("connection_init", "ping", "pong");

    private final GraphQlWebSocketMessage content;

    private ClientMessage(DataBuffer bytes, GraphQlWebSocketMessage content) {
        super(bytes);
        this.content = content;
    }

    /** Parses a message; null if it is malformed. */
    static @Nullable ClientMessage read(DataBuffer text) {
        try {
            String decoded = text.toString(StandardCharsets.UTF_8);
            if (decoded.indexOf(REPLACEMENT) >= 0 && !isUtf8(text)) {
                return null;
            }
            JsonNode message = JSON.readTree(decoded);
            return matches(message)
                    ? new ClientMessage(text, JsonMapper.shared().treeToValue(message, GraphQlWebSocketMessage.class))
                    : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Whether the bytes of a message are valid UTF-8. */
    static boolean isUtf8(DataBuffer text) {
        byte[] bytes = new byte[text.readableByteCount()];
        text.toByteBuffer(ByteBuffer.wrap(bytes));
        return Utf8.isValid(bytes);
    }

    GraphQlWebSocketMessage content() {
        return content;
    }

    private static boolean matches(JsonNode message) {
        JsonNode id = message.path("id");
        JsonNode payload = message.path("payload");
        if (!(isAbsent(id) || id.isString()) || !isObjectOrAbsent(payload)) {
            return false;
        }
        String type = message.path("type").isString() ? message.path("type").stringValue() : "";
        return switch (type) {
            case "subscribe" -> hasText(id) && isOperation(payload);
            case "complete" -> hasText(id);
            default -> WITHOUT_ID.contains(type);
        };
    }

    private static boolean isOperation(JsonNode payload) {
        JsonNode name = payload.path("operationName");
        return hasText(payload.path("query"))
                && (isAbsent(name) || isOneLine(name))
                && isObjectOrAbsent(payload.path("variables"))
                && isObjectOrAbsent(payload.path("extensions"));
    }

    /** Libraries log the name of an operation unchanged. */
    private static boolean isOneLine(JsonNode name) {
        return name.isString() && !LINE_END.matcher(name.stringValue()).find();
    }

    private static boolean hasText(JsonNode node) {
        return node.isString() && StringUtils.hasText(node.stringValue());
    }

    private static boolean isObjectOrAbsent(JsonNode node) {
        return isAbsent(node) || node.isObject();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** A codec that passes the parsed messages to Spring for GraphQL. */
    static final class Content extends AbstractDecoder<GraphQlWebSocketMessage> {

        Content() {
            super(MimeTypeUtils.APPLICATION_JSON);
        }

        @Override
        public boolean canDecode(ResolvableType type, @Nullable MimeType mimeType) {
            return type.toClass() == GraphQlWebSocketMessage.class && super.canDecode(type, mimeType);
        }

        @Override
        public Flux<GraphQlWebSocketMessage> decode(
                Publisher<DataBuffer> messages,
                ResolvableType type,
                @Nullable MimeType mimeType,
                @Nullable Map<String, Object> hints) {
            return Flux.from(messages).map(message -> decode(message, type, mimeType, hints));
        }

        @Override
        public GraphQlWebSocketMessage decode(
                DataBuffer message,
                ResolvableType type,
                @Nullable MimeType mimeType,
                @Nullable Map<String, Object> hints) {
            return ((ClientMessage) message).content();
        }
    }
}
