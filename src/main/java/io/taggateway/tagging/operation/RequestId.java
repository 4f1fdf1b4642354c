package io.taggateway.tagging.operation;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The id of the request that an operation came with, by which the log tells whose failures are whose. */
public final class RequestId {

    private static final String NONE = "-";

    private RequestId() {}

    /** A context in which what is done is done for a request. */
    public static Context startIn(Context context, String id) {
        return context.put(RequestId.class, id);
    }

    /** The id of the request that something is done for; a dash where there is none. */
    public static String of(ContextView context) {
        String id = context.getOrDefault(RequestId.class, null);
        return id == null ? NONE : id;
    }
}
