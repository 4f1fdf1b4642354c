package io.taggateway.architecture.planted.requestswalkoneway;

import io.taggateway.architecture.planted.requestswalkoneway.sandbox.Stage;
import org.jspecify.annotations.Nullable;

public class TagGatewayApplication {
    @Nullable
    Stage stage;
}
