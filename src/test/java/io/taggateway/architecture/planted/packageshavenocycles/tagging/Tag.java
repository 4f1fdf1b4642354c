package io.taggateway.architecture.planted.packageshavenocycles.tagging;

import io.taggateway.architecture.planted.packageshavenocycles.tagging.call.Call;
import org.jspecify.annotations.Nullable;

public class Tag {
    @Nullable
    Call call;
}
