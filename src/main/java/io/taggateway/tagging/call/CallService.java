package io.taggateway.tagging.call;

import io.taggateway.tagging.call.CallListRequest.Scope;
import io.taggateway.tagging.call.CallListRequest.Selection;
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
import io.taggateway.tagging.paging.SourceList.PageReader;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.PhoneNumberRule;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.tag.TagReferenceResolver;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The calls of all vendors that have any. */
@Service
public class CallService {

    /**
     * The order of calls. A call whose start is unknown keeps its place after the preceding call of its vendor's list.
     */
    private static final Comparator<Call> NEWEST_FIRST =
            Comparator.comparing(Call::startedAt, Comparator.nullsFirst(Comparator.reverseOrder()));

    private static final int AT_ONCE = 8;

    private final ConnectionReader connections;
    private final PhoneNumberRule numbers;
    private final Clock clock;

    public CallService(ConnectionReader connections, PhoneNumberRule numbers, Clock clock) {
        this.connections = connections;
        this.numbers = numbers;
        this.clock = clock;
    }

    /** The calls that match a filter. */
    public Mono<Connection<Call>> list(VendorDirectory directory, CallFilter filter, PageArguments arguments) {
        return listAll(directory, request(filter, new Scope(directory.cursors(), null, null), arguments), arguments);
    }

    /** The calls that have a tag; none for a vendor without calls. */
    public Mono<Connection<Call>> listOf(
            VendorDirectory directory, Tag tag, CallFilter filter, PageArguments arguments) {
        CallSource source = directory.findCalls(tag.vendor());
        List<CallSource> sources = source == null ? List.of() : List.of(source);
        Scope scope = new Scope(directory.cursors(), tag.remoteId(), null);
        return list(directory, sources, request(filter, scope, arguments), arguments);
    }

    /** The calls of one vendor that match a filter. */
    Mono<Connection<Call>> listOf(
            VendorDirectory directory, CallSource source, CallFilter filter, PageArguments arguments) {
        Scope scope = new Scope(directory.cursors(), null, null);
        return list(directory, List.of(source), request(filter, scope, arguments), arguments);
    }

    /** The calls to or from a contact's number; none for a contact without a valid one. */
    public Mono<Connection<Call>> listOf(
            VendorDirectory directory, Contact contact, CallFilter filter, PageArguments arguments) {
        if (filter.search() != null) {
            throw new BadInputException(
                    "A contact's calls are searched by the contact's number; omit `search` in their filter.");
        }
        if (contact.phone() == null || !numbers.identifies(contact.phone())) {
            return Mono.just(Connection.empty(List.of()));
        }
        Scope scope = new Scope(directory.cursors(), null, contact.phone());
        return listAll(directory, request(filter, scope, arguments), arguments);
    }

    /** One call; empty if there is none. */
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
                : source.listTags(call.remoteId()).map(Call::distinct).defaultIfEmpty(List.of());
    }

    private CallListRequest request(CallFilter filter, Scope scope, PageArguments arguments) {
        return CallListRequest.of(filter.normalized(numbers), scope, arguments.after(), clock);
    }

    private Mono<Connection<Call>> listAll(
            VendorDirectory directory, CallListRequest request, PageArguments arguments) {
        return list(directory, directory.calls(), request, arguments)
                .map(connection -> connection.withSources(directory.skipped(Capability.LIST_CALLS)));
    }

    private Mono<Connection<Call>> list(
            VendorDirectory directory, List<CallSource> sources, CallListRequest request, PageArguments arguments) {
        ListScope cursors = request.cursors();
        connections.check(sources.stream().map(CallSource::vendor).toList(), arguments, cursors);
        return Flux.fromIterable(sources)
                .concatMap(source -> select(directory, source, request))
                .collectList()
                .flatMap(lists -> connections.merge(lists, NEWEST_FIRST, arguments, cursors));
    }

    /** The list of one vendor's calls. If its tags cannot be read, the list fails with the same error. */
    private Mono<SourceList<Call>> select(VendorDirectory directory, CallSource source, CallListRequest request) {
        Vendor vendor = source.vendor();
        CallFilter filter = request.filter();
        if (filter.anyTag().isEmpty() && filter.allTags().isEmpty()) {
            return Mono.just(list(source, request.select(source.filters(), List.of(), List.of())));
        }
        return Mono.zip(
                        TagReferenceResolver.remoteIds(directory, vendor, filter.anyTag()),
                        TagReferenceResolver.remoteIds(directory, vendor, filter.allTags()),
                        (any, all) -> list(source, request.select(source.filters(), any, all)))
                .onErrorResume(SourceException.class, failure -> Mono.just(SourceList.failed(vendor, failure)));
    }

    private SourceList<Call> list(CallSource source, @Nullable Selection selection) {
        if (selection == null) {
            return SourceList.empty(source.vendor(), clock.instant());
        }
        PageReader<Call> reader = (page, limit) -> source.list(selection.query(), page, limit)
                .flatMap(calls -> selection.needsTags() ? withTags(source, calls) : Mono.just(calls))
                .map(calls -> calls.checked(selection.check()));
        return new SourceList<>(source.vendor(), reader, source.maxPageSize(), Call::remoteId, selection.filter());
    }

    /** A page whose calls have their tags if a filter needs them, as some vendors' listings omit them. */
    private static Mono<SourcePage<Call>> withTags(CallSource source, SourcePage<Call> page) {
        return Flux.fromIterable(page.items())
                .flatMapSequential(
                        call -> call.embeddedTags() != null
                                ? Mono.just(call)
                                : source.listTags(call.remoteId())
                                        .map(call::withTags)
                                        .defaultIfEmpty(call),
                        AT_ONCE)
                .collectList()
                .map(page::with);
    }
}
