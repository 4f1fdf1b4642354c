package io.taggateway.tagging.node;

import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactService;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.group.TagGroupService;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.GroupId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.NodeId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.tag.TagService;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tags, groups, calls and contacts by their ids. */
@Service
public class NodeService {

    private static final int AT_ONCE = 8;

    private final TagService tags;
    private final CallService calls;
    private final ContactService contacts;
    private final TagGroupService groups;

    public NodeService(TagService tags, TagGroupService groups, CallService calls, ContactService contacts) {
        this.tags = tags;
        this.groups = groups;
        this.calls = calls;
        this.contacts = contacts;
    }

    /** One object; empty if there is none. */
    public Mono<Object> find(VendorDirectory directory, NodeId id) {
        return switch (id) {
            case GlobalId object -> find(directory, object);
            case GroupId group ->
                findGroups(directory, Set.of(group))
                        .flatMap(groups ->
                                Objects.requireNonNull(groups.get(group)).toMono());
        };
    }

    private Mono<Object> find(VendorDirectory directory, GlobalId id) {
        return switch (id.type()) {
            case TAG -> tags.find(directory, id).cast(Object.class);
            case CALL -> calls.find(directory, id).cast(Object.class);
            case CONTACT -> contacts.find(directory, id).cast(Object.class);
        };
    }

    /**
     * The outcomes for several ids. Equal ids are looked up once. Tags need at most one request to each vendor; calls
     * and contacts need one request each, as vendors have no requests for several.
     */
    public Mono<Map<NodeId, Lookup<Object>>> findAll(VendorDirectory directory, Collection<? extends NodeId> ids) {
        Set<GlobalId> objects = ofType(ids, GlobalId.class);
        return Mono.zip(
                findObjects(directory, objects), findGroups(directory, ofType(ids, GroupId.class)), (found, groups) -> {
                    Map<NodeId, Lookup<Object>> all = new HashMap<>(found);
                    all.putAll(groups);
                    return all;
                });
    }

    private static <T extends NodeId> Set<T> ofType(Collection<? extends NodeId> ids, Class<T> type) {
        return ids.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A group with another slug than that of the id has another id */
    private Mono<Map<GroupId, Lookup<Object>>> findGroups(VendorDirectory directory, Set<GroupId> ids) {
        return groups.findAll(directory, ids.stream().map(GroupId::slug).toList())
                .map(found -> {
                    Map<GroupId, Lookup<Object>> lookups = new HashMap<>();
                    for (GroupId id : ids) {
                        Lookup<TagGroup> lookup = Objects.requireNonNull(found.get(id.slug()));
                        boolean other = lookup instanceof Lookup.Found<TagGroup>(TagGroup group)
                                && !group.slug().equals(id.slug());
                        lookups.put(id, other ? new Lookup.Absent<>() : lookup.map(group -> group));
                    }
                    return lookups;
                });
    }

    private Mono<Map<GlobalId, Lookup<Object>>> findObjects(VendorDirectory directory, Set<GlobalId> ids) {
        Flux<Map.Entry<GlobalId, Lookup<Object>>> inLists = tags.findAll(
                        directory,
                        ids.stream().filter(id -> id.type() == NodeType.TAG).toList())
                .flatMapIterable(Map::entrySet)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().map(tag -> tag)));
        Flux<Map.Entry<GlobalId, Lookup<Object>>> singly = Flux.fromIterable(ids)
                .filter(id -> id.type() != NodeType.TAG)
                .flatMap(id -> Lookup.outcomeOf(find(directory, id)).map(lookup -> Map.entry(id, lookup)), AT_ONCE);
        return Flux.merge(inLists, singly).collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
