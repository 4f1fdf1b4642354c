package io.taggateway.sandbox.swipeone;

/**
 * A tag as played Swipe One keeps it.
 *
 * @param name the slug, made of the first label and never changed
 */
record SwipeOneTagRow(String id, String label, String name, String color) {}
