package houses.wellbuilt.upstream;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import houses.wellbuilt.tagging.Tag;
import houses.wellbuilt.tagging.TagSource;
import houses.wellbuilt.tagging.Vendor;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

public class CachingTagSource implements TagSource {
    private final AsyncCache<String, List<Tag>> cache =
            Caffeine.newBuilder().maximumSize(1).buildAsync();
    private final TagSource source;

    public CachingTagSource(TagSource source) {
        this.source = source;
    }

    @Override
    public Vendor vendor() {
        return source.vendor();
    }

    @Override
    public Flux<Tag> list() {
        return Mono.fromFuture(() -> cache.get(
                        "all", (key, executor) -> source.list().collectList().toFuture()))
                .flatMapIterable(tags -> tags);
    }
}
