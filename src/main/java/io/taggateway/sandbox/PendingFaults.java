package io.taggateway.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that are still to strike, oldest first. */
final class PendingFaults {

    private final List<Fault> faults = new ArrayList<>();

    synchronized void add(Fault fault) {
        faults.add(fault);
    }

    synchronized void replace(Fault fault) {
        faults.clear();
        faults.add(fault);
    }

    synchronized void clear() {
        faults.clear();
    }

    /** Answers the oldest fault that strikes a request, counted down. */
    synchronized @Nullable Fault take(String method, String path) {
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (fault.strikes(method, path)) {
                countDown(i, fault);
                return fault;
            }
        }
        return null;
    }

    private void countDown(int index, Fault fault) {
        if (fault.times() == 1) {
            faults.remove(index);
        } else if (fault.times() > 1) {
            faults.set(index, fault.times(fault.times() - 1));
        }
    }
}
