package houses.planted.requestswalkoneway.tagging;

import houses.planted.requestswalkoneway.upstream.Road;
import org.jspecify.annotations.Nullable;

class Service {
    @Nullable
    Road road;
}
