package io.taggateway.architecture.planted.requestswalkoneway.api.page;

import io.taggateway.architecture.planted.requestswalkoneway.upstream.Road;
import org.jspecify.annotations.Nullable;

class Connection {
    @Nullable
    Road road;
}
