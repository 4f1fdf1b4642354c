package houses.planted.packageshavenocycles.tagging;

import houses.planted.packageshavenocycles.tagging.call.Call;
import org.jspecify.annotations.Nullable;

public class Tag {
    @Nullable
    Call call;
}
