package io.taggateway.tagging.source;

import io.taggateway.tagging.model.BadInputException;
import org.jspecify.annotations.Nullable;

/** Determines which phone numbers identify one party, so that a call and a contact can be joined by them. */
@FunctionalInterface
public interface PhoneNumberRule {

    /** Whether a text is a valid number in E.164 form. "anonymous" and the numbers that represent it are not valid. */
    boolean identifies(String number);

    /** The E.164 form of a number in any notation; null if it identifies no party. */
    default @Nullable String parse(String number) {
        String stripped = number.strip();
        return identifies(stripped) ? stripped : null;
    }

    /**
     * The E.164 form of the number in a filter.
     *
     * @throws BadInputException if it identifies no party
     */
    default String require(String number) {
        String parsed = parse(number);
        if (parsed == null) {
            throw new BadInputException("`phone` must be a valid phone number with its country code, such as"
                    + " `+33 1 99 00 10 00`; without one, it is a number of the default region, if that is set.");
        }
        return parsed;
    }
}
