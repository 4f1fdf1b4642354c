package io.taggateway.tagging.call;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.source.PhoneNumberRule;
import io.taggateway.tagging.tag.TagRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list of calls. Calls must meet all conditions; absent and empty conditions are ignored.
 *
 * @param startedAfter calls that began at or after this instant; null for the last 30 days
 * @param anyTag calls with any of these tags
 * @param allTags calls with all of these tags
 * @param search a phone number or a caller's name
 * @param minDurationSeconds calls that are known to have lasted at least this long
 * @param maxDurationSeconds calls that are known to have lasted at most this long
 * @param phone the number of either party, in any notation
 */
public record CallFilter(
        @Nullable Instant startedAfter,
        @Nullable Instant startedBefore,
        List<TagRef> anyTag,
        List<TagRef> allTags,
        List<CallType> types,
        List<String> employeeIds,
        @Nullable String search,
        @Nullable Integer minDurationSeconds,
        @Nullable Integer maxDurationSeconds,
        @Nullable String phone) {

    /** All calls of the last 30 days. */
    public static final CallFilter ALL = new CallFilter(null, null, null, null, null, null, null, null, null, null);

    /** Checks the filter before any request to a vendor. */
    public CallFilter(
            @Nullable Instant startedAfter,
            @Nullable Instant startedBefore,
            @Nullable List<TagRef> anyTag,
            @Nullable List<TagRef> allTags,
            @Nullable List<CallType> types,
            @Nullable List<String> employeeIds,
            @Nullable String search,
            @Nullable Integer minDurationSeconds,
            @Nullable Integer maxDurationSeconds,
            @Nullable String phone) {
        this.startedAfter = startedAfter;
        this.startedBefore = startedBefore;
        this.anyTag = Objects.requireNonNullElse(anyTag, List.of());
        this.allTags = Objects.requireNonNullElse(allTags, List.of());
        this.types = Objects.requireNonNullElse(types, List.of());
        this.employeeIds = Objects.requireNonNullElse(employeeIds, List.of());
        this.search = search == null || TagName.trim(search).isEmpty() ? null : TagName.trim(search);
        this.minDurationSeconds = minDurationSeconds;
        this.maxDurationSeconds = maxDurationSeconds;
        this.phone = phone;
        check();
    }

    /** This filter with the number in the form in which calls have it. */
    CallFilter normalized(PhoneNumberRule numbers) {
        return phone == null
                ? this
                : new CallFilter(
                        startedAfter,
                        startedBefore,
                        anyTag,
                        allTags,
                        types,
                        employeeIds,
                        search,
                        minDurationSeconds,
                        maxDurationSeconds,
                        numbers.require(phone));
    }

    boolean matchesDuration(@Nullable Integer seconds) {
        if (minDurationSeconds == null && maxDurationSeconds == null) {
            return true;
        }
        return seconds != null
                && (minDurationSeconds == null || seconds >= minDurationSeconds)
                && (maxDurationSeconds == null || seconds <= maxDurationSeconds);
    }

    private void check() {
        anyTag.forEach(TagRef::globalId);
        allTags.forEach(TagRef::globalId);
        if (employeeIds.stream().anyMatch(id -> id.isBlank() || id.contains(","))) {
            throw new BadInputException("Each of `employeeIds` is one id, not blank and without commas.");
        }
        if (startedAfter != null && startedBefore != null && startedAfter.isAfter(startedBefore)) {
            throw new BadInputException("`startedAfter` must not be later than `startedBefore`.");
        }
        if (phone != null && search != null) {
            throw new BadInputException("Give `phone` or `search`, not both.");
        }
        if (minDurationSeconds != null && maxDurationSeconds != null && minDurationSeconds > maxDurationSeconds) {
            throw new BadInputException("`minDurationSeconds` must not be more than `maxDurationSeconds`.");
        }
    }
}
