package houses.wellbuilt.vendor.sipsim;

import houses.wellbuilt.tagging.Tag;
import houses.wellbuilt.tagging.TagSource;
import houses.wellbuilt.tagging.Vendor;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

class SipsimTagSource implements TagSource {
    private final WebClient client;

    SipsimTagSource(WebClient client) {
        this.client = client;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SIPSIM;
    }

    @Override
    public Flux<Tag> list() {
        return client.get().retrieve().bodyToFlux(Wire.class).map(Wire::tag);
    }

    record Wire(String label) {
        Tag tag() {
            return new Tag(label, Vendor.SIPSIM, null);
        }
    }
}
