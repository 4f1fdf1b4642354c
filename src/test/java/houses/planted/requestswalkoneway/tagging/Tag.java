package houses.planted.requestswalkoneway.tagging;

import houses.planted.requestswalkoneway.api.Controller;
import org.jspecify.annotations.Nullable;

public class Tag {
    @Nullable
    Controller controller;
}
