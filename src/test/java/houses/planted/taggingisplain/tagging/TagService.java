package houses.planted.taggingisplain.tagging;

import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

@Service
class TagService {
    private final byte[] key = {1};

    Mono<Integer> length() {
        LoggerFactory.getLogger("tags").debug("asked");
        return Mono.just(key.length);
    }
}
