package io.taggateway.sandbox.swipeone;

/** How a page of contacts says that there is nothing further in one direction. */
public enum ListEnd {
    /** The token is left out. */
    MISSING,
    /** The token is null. */
    NULL,
    /** There is a token all the same, which leads to an empty page with that token again. */
    REPEATED
}
