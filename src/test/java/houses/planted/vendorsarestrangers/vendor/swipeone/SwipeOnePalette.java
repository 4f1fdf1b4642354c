package houses.planted.vendorsarestrangers.vendor.swipeone;

import houses.planted.vendorsarestrangers.vendor.sipsim.SipsimColor;
import org.jspecify.annotations.Nullable;

class SwipeOnePalette {
    @Nullable
    SipsimColor color;
}
