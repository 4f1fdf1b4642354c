package io.taggateway.tagging.source;

/** Decides which phone numbers belong to somebody, so that a call and a contact may be joined by them. */
@FunctionalInterface
public interface PhoneNumberRule {

    /** Whether a text is a valid number in E.164 form; "anonymous" and the numbers that stand for it are none. */
    boolean identifies(String number);
}
