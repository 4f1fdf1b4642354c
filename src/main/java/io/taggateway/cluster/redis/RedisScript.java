package io.taggateway.cluster.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.reactive.RedisClusterReactiveCommands;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** A Lua script, which Redis executes atomically. The keys of one call must be in one slot of a Redis Cluster. */
public final class RedisScript<T> {

    /** Lines that set {@code now} to the time by the clock of Redis, in milliseconds. */
    public static final String NOW = """
        local time = redis.call('time')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        """;

    /** Deletes a key that has the value of the argument. Returns 1 if it was deleted. */
    public static final RedisScript<Long> DELETE_IF_EQUAL = ofNumber("""
        if redis.call('get', KEYS[1]) == ARGV[1] then
          return redis.call('del', KEYS[1])
        end
        return 0
        """);

    private final String text;
    private final ScriptOutputType type;

    private RedisScript(String text, ScriptOutputType type) {
        this.text = text;
        this.type = type;
    }

    /** A script that returns an integer. */
    public static RedisScript<Long> ofNumber(String text) {
        return new RedisScript<>(text, ScriptOutputType.INTEGER);
    }

    /** A script that returns bytes or nothing. */
    public static RedisScript<byte[]> ofValue(String text) {
        return new RedisScript<>(text, ScriptOutputType.VALUE);
    }

    /**
     * The command that executes this script.
     *
     * @param arguments bytes, or objects whose texts are sent
     */
    public Function<RedisClusterReactiveCommands<String, byte[]>, Flux<T>> with(
            List<String> keys, Object... arguments) {
        byte[][] values = Arrays.stream(arguments).map(RedisScript::bytes).toArray(byte[][]::new);
        return commands -> commands.eval(text, type, keys.toArray(String[]::new), values);
    }

    private static byte[] bytes(Object argument) {
        return argument instanceof byte[] bytes ? bytes : argument.toString().getBytes(StandardCharsets.UTF_8);
    }
}
