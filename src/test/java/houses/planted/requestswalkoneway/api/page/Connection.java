package houses.planted.requestswalkoneway.api.page;

import houses.planted.requestswalkoneway.upstream.Road;
import org.jspecify.annotations.Nullable;

class Connection {
    @Nullable
    Road road;
}
