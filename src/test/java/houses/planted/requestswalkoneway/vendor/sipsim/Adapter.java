package houses.planted.requestswalkoneway.vendor.sipsim;

import houses.planted.requestswalkoneway.TagGatewayApplication;
import org.jspecify.annotations.Nullable;

public class Adapter {
    @Nullable
    TagGatewayApplication application;
}
