package houses.wellbuilt.tagging;

import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

@Service
public class TagService {
    private final List<TagSource> sources;

    TagService(List<TagSource> sources) {
        this.sources = sources;
    }

    public Flux<Tag> list() {
        return Flux.fromIterable(sources).flatMap(TagSource::list).retryWhen(Retry.max(1));
    }
}
