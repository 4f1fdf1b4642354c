package io.taggateway.sandbox;

import io.taggateway.tagging.source.SourceFault;

/** Maps failures of a vendor to faults of the sandbox. */
public final class SandboxFaultMapper {

    private SandboxFaultMapper() {}

    public static Fault of(SourceFault breakdown) {
        return switch (breakdown) {
            case REFUSED_CREDENTIALS -> Fault.status(401);
            case MISSING_RIGHT -> Fault.status(403);
            case NOT_THERE -> Fault.status(404);
            case TOO_MANY_REQUESTS -> Fault.tooManyRequests();
            case SERVER_ERROR -> Fault.status(500);
            case GATEWAY_PAGE -> Fault.html(502);
            case GARBAGE -> Fault.garbage();
            case EMPTY_BODY -> Fault.emptyBody();
            case CUT_OFF -> Fault.cutOff();
            case SILENCE -> Fault.hang();
        };
    }
}
