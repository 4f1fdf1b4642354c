package io.taggateway.upstream.guard;

import io.taggateway.support.SlowTest;
import java.util.List;

@SlowTest
class LocalPaceTests extends PaceContract {

    @Override
    protected List<Pace> paces() {
        return List.of(Pace.inProcess(LIMITS, 1));
    }
}
