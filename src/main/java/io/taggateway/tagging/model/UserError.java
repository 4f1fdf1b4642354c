package io.taggateway.tagging.model;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something in the input that the caller can correct.
 *
 * @param field the path into the input
 * @param message what to change, for people
 * @param vendor the vendor that it concerns; null if it concerns the whole input
 */
public record UserError(
        List<String> field,
        TagMessage message,
        UserErrorCode code,
        @Nullable Vendor vendor) {

    private static final int MAX_ERRORS = 20;

    public static UserError of(UserErrorCode code, String message, String... field) {
        return of(code, TagMessage.of(message), field);
    }

    public static UserError of(UserErrorCode code, TagMessage message, String... field) {
        return new UserError(List.of(field), message, code, null);
    }

    /** The first errors of many, with one more that counts the others. */
    public static List<UserError> bounded(List<UserError> errors) {
        if (errors.size() <= MAX_ERRORS) {
            return errors;
        }
        return Stream.concat(errors.stream().limit(MAX_ERRORS), Stream.of(others(errors.size() - MAX_ERRORS)))
                .toList();
    }

    /** The error that counts the omitted errors. */
    public static UserError others(int count) {
        return of(UserErrorCode.TOO_MANY, "The input has %d more errors.".formatted(count), "input");
    }

    /** This error with its path below a part of the input. */
    public UserError under(List<String> path) {
        return new UserError(Stream.concat(path.stream(), field.stream()).toList(), message, code, vendor);
    }

    /** This error, with the name of a tag that the caller may have meant. */
    public UserError suggesting(String name) {
        String question = " Did you mean `" + BadInputException.excerpt(name) + "`?";
        return new UserError(field, message.followedBy(question), code, vendor);
    }

    public UserError at(Vendor where) {
        return new UserError(field, message, code, where);
    }
}
