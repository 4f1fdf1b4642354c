package io.taggateway.tagging.source;

/** Decides which phone numbers identify one party, so that a call and a contact can be joined by them. */
@FunctionalInterface
public interface PhoneNumberRule {

    /** Whether a text is a valid number in E.164 form; "anonymous" and the numbers that stand for it are none. */
    boolean identifies(String number);
}
