package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.Warning.WarningCode;
import io.taggateway.tagging.source.TagSource.TagChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name, color and description of a tag, as the caller sent them.
 *
 * @param name null for no change
 * @param color null for no change
 * @param description empty to clear it, null for no change
 */
public record TagDetailsInput(
        @Nullable String name,
        @Nullable String color,
        @Nullable String description) {

    /** Checks the input before any request to a vendor. */
    public Checked check() {
        List<UserError> errors = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        String trimmed = name == null ? null : TagName.trim(name);
        String problem = name == null ? null : TagName.problem(name);
        if (problem != null) {
            errors.add(UserError.of(UserErrorCode.NAME_INVALID, problem, "input", "name"));
        } else if (trimmed != null && !trimmed.equals(name)) {
            warnings.add(new Warning(WarningCode.NAME_TRIMMED, "The name was trimmed to `" + trimmed + "`."));
        }
        String hex = color == null ? null : Color.hexOf(color);
        if (color != null && hex == null) {
            String no = "`" + BadInputException.excerpt(color) + "` is no color";
            String message = no + "; write it like `#22C55E`, `#2C5` or `green`.";
            errors.add(UserError.of(UserErrorCode.COLOR_INVALID, message, "input", "color"));
        }
        TagChange change = new TagChange(trimmed, hex, description);
        if (errors.isEmpty() && change.isEmpty()) {
            String message = "Give a `name`, a `color` or a `description`.";
            errors.add(UserError.of(UserErrorCode.NOTHING_TO_DO, message, "input"));
        }
        return new Checked(change, errors, warnings);
    }

    /**
     * The input as the gateway reads it.
     *
     * @param change with a trimmed name
     * @param errors errors that the caller must correct
     * @param warnings differences between the input and its interpretation
     */
    public record Checked(TagChange change, List<UserError> errors, List<Warning> warnings) {

        /** Whether any of some vendors supports the description, if there is one. */
        public boolean isDescribableAt(VendorDirectory directory, Stream<Vendor> vendors) {
            return change.description() == null
                    || change.description().isEmpty()
                    || vendors.anyMatch(vendor -> directory.can(vendor, Capability.TAG_DESCRIPTION));
        }
    }
}
