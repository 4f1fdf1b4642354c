package io.taggateway.architecture.planted.requestswalkoneway.upstream;

import io.taggateway.architecture.planted.requestswalkoneway.vendor.sipsim.Adapter;
import org.jspecify.annotations.Nullable;

public class Road {
    @Nullable
    Adapter adapter;
}
