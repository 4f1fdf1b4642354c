package io.taggateway.sandbox;

import io.taggateway.sandbox.http.SandboxReply;

/** What goes wrong with an answer. */
sealed interface Trouble {

    /** Nothing: the vendor does as asked and answers. */
    record None() implements Trouble {}

    /** The vendor does nothing and gives this answer instead of its own. */
    record Instead(SandboxReply reply) implements Trouble {}

    /** The vendor does as asked, and the connection is closed in the middle of its answer. */
    record CutOff() implements Trouble {}

    /** The vendor does nothing and never answers. */
    record Hang() implements Trouble {}
}
