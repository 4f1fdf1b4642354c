package io.taggateway.architecture.planted.requestswalkoneway.tagging;

import io.taggateway.architecture.planted.requestswalkoneway.upstream.Road;
import org.jspecify.annotations.Nullable;

class Service {
    @Nullable
    Road road;
}
