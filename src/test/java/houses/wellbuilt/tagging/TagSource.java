package houses.wellbuilt.tagging;

import java.util.Optional;
import reactor.core.publisher.Flux;

public interface TagSource {
    Vendor vendor();

    Flux<Tag> list();

    default Optional<Tag> none() {
        return Optional.empty();
    }
}
