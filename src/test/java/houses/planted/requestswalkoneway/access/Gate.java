package houses.planted.requestswalkoneway.access;

import houses.planted.requestswalkoneway.sandbox.Stage;
import houses.planted.requestswalkoneway.upstream.Road;
import org.jspecify.annotations.Nullable;

public class Gate {
    @Nullable
    Stage stage;

    Road @Nullable [] roads;
}
