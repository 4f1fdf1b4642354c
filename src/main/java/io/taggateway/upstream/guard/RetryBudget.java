package io.taggateway.upstream.guard;

/** Lets a fifth of the requests be sent again, so that a vendor that is down is not kept there by repeating. */
final class RetryBudget {

    private static final int SHARE = 5;

    /** So many may be sent again before any others have earned it. */
    private static final int AHEAD = 2;

    private int earned = AHEAD * SHARE;

    /** A request is sent for the first time. */
    synchronized void earn() {
        earned = Math.min(earned + 1, AHEAD * SHARE);
    }

    /** Whether a request may be sent again. */
    synchronized boolean spend() {
        if (earned < SHARE) {
            return false;
        }
        earned -= SHARE;
        return true;
    }
}
