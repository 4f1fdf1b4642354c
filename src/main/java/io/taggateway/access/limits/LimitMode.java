package io.taggateway.access.limits;

/** What becomes of operations that are over a limit. */
enum LimitMode {
    /** Nothing is measured. */
    OFF,
    /** They are counted and run. */
    MEASURE,
    /** They are refused. */
    ENFORCE
}
