package houses.planted.packageshavenocycles.tagging.call;

import houses.planted.packageshavenocycles.tagging.Tag;
import org.jspecify.annotations.Nullable;

public class Call {
    @Nullable
    Tag tag;
}
