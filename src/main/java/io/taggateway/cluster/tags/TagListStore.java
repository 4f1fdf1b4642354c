package io.taggateway.cluster.tags;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import io.taggateway.cluster.tags.ChangeCounter.State;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import io.taggateway.upstream.cache.TagListExchange.Account;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Stores complete tag lists in Redis for as long as they are fresh, each with the time by the clock of Redis and the
 * number of the tenant's last change, both of before it was requested.
 */
final class TagListStore {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18}) ", Pattern.DOTALL);
    private static final int MAX_HEADER = 40;

    /** No list is stored if it may lag behind a change. */
    private static final State UNKNOWN = new State(0, true, 0);

    /** Does not replace a list that was requested later. */
    private static final RedisScript<Long> STORE = RedisScript.ofNumber(RedisScript.NOW + """
        local at = math.min(tonumber(ARGV[2]), now - tonumber(ARGV[5]))
        local stored = redis.call('hmget', KEYS[1], 'generation', 'at')
        local generation = tonumber(stored[1] or -1)
        if generation > tonumber(ARGV[1]) or (generation == tonumber(ARGV[1]) and tonumber(stored[2]) >= at) then
          return 0
        end
        redis.call('hset', KEYS[1], 'generation', ARGV[1], 'at', string.format('%.0f', at), 'list', ARGV[4])
        redis.call('pexpire', KEYS[1], ARGV[3])
        return 1
        """);

    private static final RedisScript<byte[]> FIND = RedisScript.ofValue(RedisScript.NOW + """
        local stored = redis.call('hmget', KEYS[1], 'generation', 'at', 'list')
        if not stored[3] then
          return nil
        end
        return stored[1] .. ' ' .. string.format('%.0f', math.max(0, now - stored[2])) .. ' ' .. stored[3]
        """);

    private final RedisConnection connection;
    private final ChangeCounter counter;
    private final Duration freshFor;
    private final Clock clock;

    TagListStore(RedisConnection connection, ChangeCounter counter, Duration freshFor, Clock clock) {
        this.connection = connection;
        this.counter = counter;
        this.freshFor = freshFor;
        this.clock = clock;
    }

    /** A list that is stored and not older than a change, or else the result of a request, which is stored. */
    Mono<TagList> load(Mono<TagList> request, boolean afresh, Account account, TenantGeneration.Entry list) {
        Mono<TagList> stored = afresh ? Mono.empty() : stored(account, list);
        return stored.switchIfEmpty(Mono.defer(() -> requested(request, account, list.vendor())));
    }

    /** The number is compared after the list was read, as a change may be made meanwhile. */
    private Mono<TagList> stored(Account account, TenantGeneration.Entry list) {
        return find(account, list.vendor())
                .filterWhen(stored ->
                        counter.lastAtOnce(account.tenant()).map(generation -> generation == stored.generation))
                .filter(stored -> !list.mayPrecedeChange(stored.age))
                .map(StoredList::list)
                .onErrorComplete(Exception.class);
    }

    private Mono<TagList> requested(Mono<TagList> request, Account account, Vendor vendor) {
        return counter.state(account.tenant())
                .onErrorReturn(Exception.class, UNKNOWN)
                .flatMap(before -> request.doOnNext(list -> {
                    if (!before.recent()) {
                        store(account, vendor, list, before);
                    }
                }));
    }

    private Mono<StoredList> find(Account account, Vendor vendor) {
        return connection
                .command(FIND.with(List.of(key(account, vendor))))
                .mapNotNull(bytes -> read(bytes, vendor))
                .filter(stored -> stored.age.compareTo(freshFor) < 0);
    }

    /** Stores a list in the background. */
    private void store(Account account, Vendor vendor, TagList list, State before) {
        Duration age = Duration.between(list.fetchedAt(), clock.instant());
        Duration left = freshFor.minus(age);
        if (list.isComplete() && !age.isNegative() && left.isPositive()) {
            Mono.fromCallable(() -> TagListFormat.write(list))
                    .subscribeOn(Schedulers.parallel())
                    .flatMap(bytes -> store(key(account, vendor), bytes, before, age))
                    .onErrorComplete(Exception.class)
                    .subscribe();
        }
    }

    private Mono<Long> store(String key, byte[] bytes, State before, Duration age) {
        return connection.command(STORE.with(
                List.of(key), before.generation(), before.time(), freshFor.toMillis(), bytes, age.toMillis()));
    }

    private @Nullable StoredList read(byte[] bytes, Vendor vendor) {
        String header = new String(bytes, 0, Math.min(bytes.length, MAX_HEADER), StandardCharsets.ISO_8859_1);
        Matcher parts = FORM.matcher(header);
        if (!parts.lookingAt()) {
            return null;
        }
        Duration age = Duration.ofMillis(Long.parseLong(parts.group(2)));
        byte[] stored = Arrays.copyOfRange(bytes, parts.end(), bytes.length);
        TagList list = TagListFormat.read(stored, vendor, clock.instant().minus(age));
        return list == null ? null : new StoredList(list, Long.parseLong(parts.group(1)), age);
    }

    private String key(Account account, Vendor vendor) {
        return connection.key("tags:list:" + TagListFormat.VERSION + ':' + vendor.prefix() + ':'
                + account.tenant().name() + ':' + account.identity());
    }

    /**
     * A stored list.
     *
     * @param generation the number of the tenant's last change before the list was requested
     */
    private record StoredList(TagList list, long generation, Duration age) {}
}
