package io.taggateway.architecture.planted.requestswalkoneway.api;

import io.taggateway.architecture.planted.requestswalkoneway.access.Gate;
import org.jspecify.annotations.Nullable;

public class Controller {
    @Nullable
    Gate gate;
}
