package io.taggateway.upstream.cache;

import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.taggateway.tagging.operation.RequestId;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** What a load that many wait for keeps of the caller that began it: how it is called in traces and in the log. */
final class LoadOrigin {

    private static final String TRACE = ObservationThreadLocalAccessor.KEY;

    private LoadOrigin() {}

    static Context keep(Context context, ContextView caller) {
        Context named = RequestId.startIn(context, RequestId.of(caller));
        return caller.hasKey(TRACE) ? named.put(TRACE, caller.get(TRACE)) : named;
    }
}
