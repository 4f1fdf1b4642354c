package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.WarningCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name, color and description that a caller wants, checked before any vendor is asked.
 *
 * @param name without spaces at its ends; null where none was given
 * @param hex as {@code #RRGGBB}; null where none was given
 * @param description null where none was given
 * @param errors what the caller has to mend first
 * @param warnings what was read otherwise than written
 */
public record TagDetailsCheck(
        @Nullable String name,
        @Nullable String hex,
        @Nullable String description,
        List<UserError> errors,
        List<Warning> warnings) {

    public static TagDetailsCheck of(TagDetailsInput input) {
        List<UserError> errors = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        String name = input.name() == null ? null : input.name().strip();
        if (name != null && name.isEmpty()) {
            errors.add(UserError.of(UserErrorCode.NAME_INVALID, "A tag needs a name.", "input", "name"));
        } else if (name != null && name.chars().anyMatch(Character::isISOControl)) {
            errors.add(UserError.of(
                    UserErrorCode.NAME_INVALID, "A tag's name has no control characters.", "input", "name"));
        } else if (name != null && !name.equals(input.name())) {
            warnings.add(new Warning(WarningCode.NAME_TRIMMED, "The name was trimmed to `" + name + "`."));
        }
        String hex = input.color() == null ? null : Color.hexOf(input.color());
        if (input.color() != null && hex == null) {
            errors.add(UserError.of(
                    UserErrorCode.COLOR_INVALID,
                    "`" + BadInputException.excerpt(input.color())
                            + "` is no color; write it like `#22C55E`, `#2C5` or `green`.",
                    "input",
                    "color"));
        }
        return new TagDetailsCheck(name, hex, input.description(), errors, warnings);
    }
}
