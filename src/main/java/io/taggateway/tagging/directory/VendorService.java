package io.taggateway.tagging.directory;

import io.taggateway.tagging.directory.VendorState.HeldTags;
import io.taggateway.tagging.source.CircuitState;
import io.taggateway.tagging.source.TagListAnswer;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.VendorCondition;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.tagging.source.VendorStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What is known of the vendors without asking them. */
@Service
public class VendorService {

    private static final VendorCondition NOT_CONFIGURED =
            new VendorCondition(VendorStatus.NOT_CONFIGURED, CircuitState.CLOSED, null);

    private final VendorDirectory directory;
    private final VendorHealth health;

    public VendorService(VendorDirectory directory, VendorHealth health) {
        this.directory = directory;
        this.health = health;
    }

    /** The state of every vendor, in their order. */
    public List<VendorState> list() {
        return directory.profiles().stream().map(profile -> state(profile)).toList();
    }

    private VendorState state(VendorProfile profile) {
        return new VendorState(
                profile.vendor(),
                profile.capabilities().stream().sorted().toList(),
                profile.configured() ? health.condition(profile.vendor()) : NOT_CONFIGURED,
                held(directory.findTags(profile.vendor())));
    }

    private static @Nullable HeldTags held(@Nullable TagSource source) {
        TagListAnswer cached = source == null ? null : source.cached();
        return cached == null
                ? null
                : new HeldTags(cached.list().tags().size(), cached.list().fetchedAt(), cached.staleBecause() != null);
    }
}
