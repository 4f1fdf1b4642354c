package io.taggateway.architecture.planted.vendorsarehidden.vendor.swipeone;

class SwipeOneClient {}
