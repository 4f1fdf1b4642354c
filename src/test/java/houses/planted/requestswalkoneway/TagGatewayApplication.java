package houses.planted.requestswalkoneway;

import houses.planted.requestswalkoneway.sandbox.Stage;
import org.jspecify.annotations.Nullable;

public class TagGatewayApplication {
    @Nullable
    Stage stage;
}
