package io.taggateway.tagging.model;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something in the input that the caller can correct.
 *
 * @param field the path into the input
 * @param message what to change, for people
 * @param vendor the vendor that it concerns; null where it concerns the input as such
 */
public record UserError(
        List<String> field,
        String message,
        UserErrorCode code,
        @Nullable Vendor vendor) {

    public static UserError of(UserErrorCode code, String message, String... field) {
        return new UserError(List.of(field), message, code, null);
    }

    /** This error as one of something that is itself part of the input. */
    public UserError under(List<String> path) {
        return new UserError(Stream.concat(path.stream(), field.stream()).toList(), message, code, vendor);
    }

    public UserError at(Vendor where) {
        return new UserError(field, message, code, where);
    }
}
