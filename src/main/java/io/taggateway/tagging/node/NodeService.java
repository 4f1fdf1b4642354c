package io.taggateway.tagging.node;

import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactService;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.tag.TagService;
import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tags, calls and contacts by their ids. */
@Service
public class NodeService {

    private static final int AT_ONCE = 8;

    private final TagService tags;
    private final CallService calls;
    private final ContactService contacts;

    public NodeService(TagService tags, CallService calls, ContactService contacts) {
        this.tags = tags;
        this.calls = calls;
        this.contacts = contacts;
    }

    /** One object; empty if there is none. */
    public Mono<Object> find(VendorDirectory directory, GlobalId id) {
        return switch (id.type()) {
            case TAG -> tags.find(directory, id).cast(Object.class);
            case CALL -> calls.find(directory, id).cast(Object.class);
            case CONTACT -> contacts.find(directory, id).cast(Object.class);
        };
    }

    /**
     * The outcome of each of some ids, each sought once. Tags cost one request a vendor at the most, calls and contacts
     * one each, as vendors have no more for them.
     */
    public Mono<Map<GlobalId, Lookup<Object>>> findAll(VendorDirectory directory, Collection<GlobalId> ids) {
        Flux<Map.Entry<GlobalId, Lookup<Object>>> inLists = tags.findAll(
                        directory,
                        ids.stream()
                                .filter(id -> id.type() == NodeType.TAG)
                                .distinct()
                                .toList())
                .flatMapIterable(Map::entrySet)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().map(tag -> tag)));
        Flux<Map.Entry<GlobalId, Lookup<Object>>> singly = Flux.fromIterable(ids)
                .filter(id -> id.type() != NodeType.TAG)
                .distinct()
                .flatMap(id -> Lookup.outcomeOf(find(directory, id)).map(lookup -> Map.entry(id, lookup)), AT_ONCE);
        return Flux.merge(inLists, singly).collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
