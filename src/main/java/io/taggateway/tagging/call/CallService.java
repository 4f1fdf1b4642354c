package io.taggateway.tagging.call;

import io.taggateway.tagging.call.CallSelection.Scope;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.ConnectionReader;
import io.taggateway.tagging.paging.ListScope;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.paging.SourceList;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.tag.TagReferenceResolver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The calls of all vendors that have any. */
@Service
public class CallService {

    /** How far back calls are listed where nobody said; vendors want a beginning. */
    private static final Duration DEFAULT_PERIOD = Duration.ofDays(30);

    private static final int AT_ONCE = 8;

    private final ConnectionReader connections;
    private final Clock clock;

    public CallService(ConnectionReader connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** The calls that a filter leaves. */
    public Mono<Connection<Call>> list(VendorDirectory directory, CallFilter filter, PageArguments arguments) {
        return list(directory, directory.calls(), filter, arguments, Scope.ALL)
                .map(connection -> withSkipped(directory, connection));
    }

    /** The calls that carry a tag; none for a vendor without calls. */
    public Mono<Connection<Call>> listOf(
            VendorDirectory directory, Tag tag, CallFilter filter, PageArguments arguments) {
        CallSource source = directory.findCalls(tag.vendor());
        List<CallSource> sources = source == null ? List.of() : List.of(source);
        return list(directory, sources, filter, arguments, new Scope(tag.remoteId(), null));
    }

    /** The calls to or from a contact's number; none for a contact without one. */
    public Mono<Connection<Call>> listOf(
            VendorDirectory directory, Contact contact, CallFilter filter, PageArguments arguments) {
        if (filter.search() != null) {
            throw new BadInputException(
                    "A contact's calls are searched by the contact's number; leave `search` out of their filter.");
        }
        if (contact.phone() == null) {
            return Mono.just(Connection.empty(List.of()));
        }
        return list(directory, directory.calls(), filter, arguments, new Scope(null, contact.phone()))
                .map(connection -> withSkipped(directory, connection));
    }

    /** One call; empty where there is none. */
    public Mono<Call> find(VendorDirectory directory, GlobalId id) {
        return Mono.defer(() -> {
            CallSource source = directory.findCalls(id.vendor());
            return source == null ? Mono.empty() : source.find(id.remoteId());
        });
    }

    /** The tags of a call. */
    public Mono<List<Tag>> tags(VendorDirectory directory, Call call) {
        List<Tag> embedded = call.embeddedTags();
        if (embedded != null) {
            return Mono.just(embedded);
        }
        CallSource source = directory.findCalls(call.vendor());
        return source == null
                ? Mono.just(List.of())
                : source.listTags(call.remoteId()).defaultIfEmpty(List.of());
    }

    private Mono<Connection<Call>> list(
            VendorDirectory directory,
            List<CallSource> sources,
            CallFilter filter,
            PageArguments arguments,
            Scope scope) {
        ListScope named = ListScope.of("calls", filter.timeless() + scope.toString());
        Instant startedAfter = startedAfter(filter, arguments, named);
        ListScope frozen = named.since(startedAfter);
        connections.check(sources.stream().map(CallSource::vendor).toList(), arguments, frozen);
        return Flux.fromIterable(sources)
                .concatMap(source -> select(directory, source, filter, startedAfter, scope))
                .collectList()
                .flatMap(lists -> connections.read(lists, arguments, frozen));
    }

    /** The list of one vendor's calls; one that cannot be asked for its tags has a list that fails likewise. */
    private Mono<SourceList<Call>> select(
            VendorDirectory directory, CallSource source, CallFilter filter, Instant startedAfter, Scope scope) {
        Vendor vendor = source.vendor();
        return Mono.zip(
                        TagReferenceResolver.remoteIds(directory, vendor, filter.anyTag()),
                        TagReferenceResolver.remoteIds(directory, vendor, filter.allTags()))
                .map(refs -> {
                    CallSelection selection = CallSelection.of(filter, startedAfter, refs.getT1(), refs.getT2(), scope);
                    return selection == null
                            ? SourceList.<Call>empty(vendor, clock.instant())
                            : new SourceList<>(
                                    vendor,
                                    (page, limit) -> {
                                        Mono<SourcePage<Call>> read = source.list(selection.query(), page, limit);
                                        return selection.needsTags()
                                                ? read.flatMap(calls -> withTags(directory, source, calls))
                                                : read;
                                    },
                                    source.maxPageSize(),
                                    Call::remoteId,
                                    selection.filter());
                })
                .onErrorResume(SourceException.class, failure -> Mono.just(SourceList.failed(vendor, failure)));
    }

    /**
     * The beginning of the list; where nobody said, its cursors keep it so that it does not move while pages are read.
     */
    private Instant startedAfter(CallFilter filter, PageArguments arguments, ListScope scope) {
        if (filter.startedAfter() != null) {
            return filter.startedAfter();
        }
        Instant kept = arguments.after() == null ? null : scope.sinceOf(arguments.after());
        if (kept != null) {
            return kept;
        }
        Instant end = Objects.requireNonNullElseGet(filter.startedBefore(), clock::instant);
        Instant now = clock.instant();
        return (end.isBefore(now) ? end : now).minus(DEFAULT_PERIOD);
    }

    /**
     * A page whose calls have their tags, which some vendors leave out of their listings, where a filter needs them.
     */
    private static Mono<SourcePage<Call>> withTags(
            VendorDirectory directory, CallSource source, SourcePage<Call> page) {
        return Flux.fromIterable(page.items())
                .flatMapSequential(
                        call -> call.embeddedTags() != null
                                ? Mono.just(call)
                                : source.listTags(call.remoteId())
                                        .map(call::withTags)
                                        .defaultIfEmpty(call),
                        AT_ONCE)
                .collectList()
                .map(calls -> new SourcePage<>(calls, page.next(), page.previous(), page.total(), page.fetchedAt()));
    }

    private static Connection<Call> withSkipped(VendorDirectory directory, Connection<Call> connection) {
        List<SourceOutcome> skipped = directory.skipped(Capability.LIST_CALLS);
        return skipped.isEmpty() ? connection : connection.withSources(skipped);
    }
}
