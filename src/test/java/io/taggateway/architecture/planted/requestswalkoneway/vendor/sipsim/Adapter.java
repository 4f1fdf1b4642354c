package io.taggateway.architecture.planted.requestswalkoneway.vendor.sipsim;

import io.taggateway.architecture.planted.requestswalkoneway.TagGatewayApplication;
import org.jspecify.annotations.Nullable;

public class Adapter {
    @Nullable
    TagGatewayApplication application;
}
