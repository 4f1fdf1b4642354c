package io.taggateway.architecture.planted.requestswalkoneway.tagging;

import io.taggateway.architecture.planted.requestswalkoneway.api.Controller;
import org.jspecify.annotations.Nullable;

public class Tag {
    @Nullable
    Controller controller;
}
