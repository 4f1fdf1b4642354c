package houses.wellbuilt.api;

import houses.wellbuilt.tagging.Tag;
import houses.wellbuilt.tagging.TagService;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

@Controller
class TagController {
    private final TagService tags;

    TagController(TagService tags) {
        this.tags = tags;
    }

    @QueryMapping
    Flux<Tag> tags() {
        return tags.list();
    }
}
