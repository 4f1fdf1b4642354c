package io.taggateway.tagging.operation;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** How many requests one GraphQL operation may have sent to vendors; any number until somebody says how many. */
public final class RequestBudget implements Renewable {

    private final AtomicInteger needed = new AtomicInteger();
    private final Map<Vendor, SourceException> refusals = new ConcurrentHashMap<>();
    private volatile int max = Integer.MAX_VALUE;

    /** A context in which requests are charged to this budget. */
    public Context startIn(Context context) {
        return context.put(RequestBudget.class, this);
    }

    /** Lets no more than this many requests be sent. */
    public void limitTo(int requests) {
        max = requests;
    }

    @Override
    public RequestBudget renewed() {
        RequestBudget budget = new RequestBudget();
        budget.limitTo(max);
        return budget;
    }

    /** How many requests were sent, and how many more would have been. */
    public int needed() {
        return needed.get();
    }

    /** A request that is only sent where the operation's budget has something left for it. */
    public static <T> Mono<T> charge(Vendor vendor, Mono<T> request) {
        return Mono.deferContextual(context -> {
            RequestBudget budget = context.getOrDefault(RequestBudget.class, null);
            return budget == null || budget.needed.incrementAndGet() <= budget.max
                    ? request
                    : Mono.error(budget.refusal(vendor));
        });
    }

    /** One for all, as it is one story: the caller's many entries have one id in the log. */
    private SourceException refusal(Vendor vendor) {
        return refusals.computeIfAbsent(vendor, asked -> SourceException.of(asked, FailureReason.REQUEST_LIMIT));
    }
}
