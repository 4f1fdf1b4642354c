package io.taggateway.architecture.planted.requestswalkoneway.access;

import io.taggateway.architecture.planted.requestswalkoneway.sandbox.Stage;
import io.taggateway.architecture.planted.requestswalkoneway.upstream.Road;
import org.jspecify.annotations.Nullable;

public class Gate {
    @Nullable
    Stage stage;

    Road @Nullable [] roads;
}
