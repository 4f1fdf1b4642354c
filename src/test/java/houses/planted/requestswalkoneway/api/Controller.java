package houses.planted.requestswalkoneway.api;

import houses.planted.requestswalkoneway.access.Gate;
import org.jspecify.annotations.Nullable;

public class Controller {
    @Nullable
    Gate gate;
}
