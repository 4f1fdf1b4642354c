package io.taggateway.architecture.planted.requestswalkoneway.sandbox;

import io.taggateway.architecture.planted.requestswalkoneway.tagging.Tag;
import org.jspecify.annotations.Nullable;

public class Stage {
    @Nullable
    Tag tag;
}
