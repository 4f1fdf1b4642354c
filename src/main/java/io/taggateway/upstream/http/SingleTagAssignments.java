package io.taggateway.upstream.http;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.WriteVerification;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.upstream.guard.KeyedLock;
import io.taggateway.upstream.guard.LocalKeyedLock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The tags on calls of a vendor with one idempotent request for each tag. A gateway makes the changes of a call one at
 * a time; other replicas need no lock for that, as a request changes one tag only.
 */
public final class SingleTagAssignments implements TagAssignments {

    private final Vendor vendor;
    private final TagRequestSender requests;
    private final WriteVerification verification;
    private final KeyedLock lock;

    public SingleTagAssignments(Vendor vendor, TagRequestSender requests) {
        this(vendor, requests, WriteVerification.DEFAULT);
    }

    SingleTagAssignments(Vendor vendor, TagRequestSender requests, WriteVerification verification) {
        this.vendor = vendor;
        this.requests = requests;
        this.verification = verification;
        this.lock = new LocalKeyedLock(vendor);
    }

    /** The vendor requests. */
    public interface TagRequestSender {

        /** A call with its tags as they are now; empty if there is none. */
        Mono<Call> findUncached(String callId);

        /** Adds a tag to a call. */
        Mono<Written> assign(String callId, String tagId);

        /** Removes a tag from a call. */
        Mono<Written> unassign(String callId, String tagId);
    }

    /** The outcome of a write, according to its response. */
    public enum Written {
        DONE,
        /** The write was made, and an added tag is known to have been assigned before. */
        DONE_BEFORE,
        /** The response, such as a login page, shows neither success nor refusal, so the tags are read. */
        UNCLEAR
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public NodeType subjectType() {
        return NodeType.CALL;
    }

    /** As each tag has its own request, a call that was just listed need not be read again. */
    @Override
    public Mono<Assignment> change(String remoteId, @Nullable Taggable justRead, TagSetChange change, boolean dryRun) {
        Mono<Call> read = justRead instanceof Call call && call.embeddedTags() != null
                ? Mono.just(call)
                : requests.findUncached(remoteId);
        return dryRun
                ? read.map(call -> write(call, change).planned())
                : lock.hold(remoteId, read.flatMap(call -> write(call, change).begin()));
    }

    private CallTagWrite write(Call call, TagSetChange change) {
        return new CallTagWrite(vendor, requests, verification, call, change);
    }
}
