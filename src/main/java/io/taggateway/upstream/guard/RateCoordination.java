package io.taggateway.upstream.guard;

/** How several replicas limit the rate of requests to an account together. */
public record RateCoordination(CoolDownChannel coolDowns, Pace.Factory paces) {

    /** For a gateway on its own. */
    public static final RateCoordination NONE =
            new RateCoordination(CoolDownChannel.none(), (account, limits) -> Pace.inProcess(limits, 1));
}
