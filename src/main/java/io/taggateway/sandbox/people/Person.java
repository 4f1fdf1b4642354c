package io.taggateway.sandbox.people;

import org.jspecify.annotations.Nullable;

/** Somebody invented, with an E.164 number or none. */
public record Person(
        String firstName,
        String lastName,
        String email,
        @Nullable String phone) {

    public String fullName() {
        return firstName + " " + lastName;
    }
}
