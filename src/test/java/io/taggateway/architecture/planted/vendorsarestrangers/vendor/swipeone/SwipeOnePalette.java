package io.taggateway.architecture.planted.vendorsarestrangers.vendor.swipeone;

import io.taggateway.architecture.planted.vendorsarestrangers.vendor.sipsim.SipsimColor;
import org.jspecify.annotations.Nullable;

class SwipeOnePalette {
    @Nullable
    SipsimColor color;
}
