package io.taggateway.architecture.planted.packageshavenocycles.tagging.call;

import io.taggateway.architecture.planted.packageshavenocycles.tagging.Tag;
import org.jspecify.annotations.Nullable;

public class Call {
    @Nullable
    Tag tag;
}
