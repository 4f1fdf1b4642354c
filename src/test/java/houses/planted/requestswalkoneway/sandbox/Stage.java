package houses.planted.requestswalkoneway.sandbox;

import houses.planted.requestswalkoneway.tagging.Tag;
import org.jspecify.annotations.Nullable;

public class Stage {
    @Nullable
    Tag tag;
}
