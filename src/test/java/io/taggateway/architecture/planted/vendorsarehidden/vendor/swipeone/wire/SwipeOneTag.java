package io.taggateway.architecture.planted.vendorsarehidden.vendor.swipeone.wire;

public record SwipeOneTag(String label) {}
