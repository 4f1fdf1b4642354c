package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the tags that callers name. */
@Component
public class TagRefs {

    /**
     * Checks references before anything is asked of a vendor.
     *
     * @throws BadInputException if an id is malformed or no tag's
     */
    public static void check(List<TagRef> refs) {
        for (TagRef ref : refs) {
            if (ref.id() != null) {
                GlobalId.parse(ref.id(), NodeType.TAG);
            }
        }
    }

    /** For each reference the ids, at one vendor, of the tags that it means there; none where there is no such tag. */
    public Mono<List<Set<String>>> remoteIds(VendorDirectory directory, Vendor vendor, List<TagRef> refs) {
        return Flux.fromIterable(refs)
                .concatMap(ref -> remoteIds(directory, vendor, ref))
                .collectList();
    }

    private Mono<Set<String>> remoteIds(VendorDirectory directory, Vendor vendor, TagRef ref) {
        if (ref.id() == null) {
            return list(directory, vendor).map(list -> named(list, ref));
        }
        GlobalId id = GlobalId.parse(ref.id(), NodeType.TAG);
        if (id.vendor() == vendor) {
            return Mono.just(Set.of(id.remoteId()));
        }
        return list(directory, id.vendor()).flatMap(others -> {
            Tag other = others.find(id.remoteId());
            return other == null
                    ? Mono.just(Set.of())
                    : list(directory, vendor).map(list -> ofSlug(list, other.slug()));
        });
    }

    private Mono<TagList> list(VendorDirectory directory, Vendor vendor) {
        return Mono.defer(() -> {
            TagSource source = directory.tags(vendor);
            return source.list();
        });
    }

    private static Set<String> named(TagList list, TagRef ref) {
        String name = ref.name();
        if (name == null) {
            return ofSlug(list, Slug.of(text(ref.slug())));
        }
        Set<String> exact = list.tags().stream()
                .filter(tag -> tag.name().equals(name))
                .map(Tag::remoteId)
                .collect(Collectors.toSet());
        return exact.isEmpty() ? ofSlug(list, Slug.of(name)) : exact;
    }

    private static Set<String> ofSlug(TagList list, String slug) {
        return list.tags().stream()
                .filter(tag -> tag.slug().equals(slug))
                .map(Tag::remoteId)
                .collect(Collectors.toSet());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
