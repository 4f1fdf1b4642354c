package houses.wellbuilt.vendor.swipeone;

import houses.wellbuilt.tagging.Tag;
import houses.wellbuilt.tagging.TagSource;
import houses.wellbuilt.tagging.Vendor;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

class SwipeOneTagSource implements TagSource {
    private final WebClient client;

    SwipeOneTagSource(WebClient client) {
        this.client = client;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SWIPEONE;
    }

    @Override
    public Flux<Tag> list() {
        return client.get().retrieve().bodyToFlux(Wire.class).map(Wire::tag);
    }

    record Wire(String label) {
        Tag tag() {
            return new Tag(label, Vendor.SWIPEONE, null);
        }
    }
}
