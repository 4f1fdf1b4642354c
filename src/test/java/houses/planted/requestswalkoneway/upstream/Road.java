package houses.planted.requestswalkoneway.upstream;

import houses.planted.requestswalkoneway.vendor.sipsim.Adapter;
import org.jspecify.annotations.Nullable;

public class Road {
    @Nullable
    Adapter adapter;
}
