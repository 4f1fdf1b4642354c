package io.taggateway.tagging.model;

/** An invalid argument. The message names the argument to change, and how. */
public final class BadInputException extends GatewayException {

    private static final long serialVersionUID = 1L;
    private static final int EXCERPT = 60;

    /** Creates an exception with a message for the caller. */
    public BadInputException(String message) {
        super(message);
    }

    /** An excerpt of a caller's text for messages: its beginning, on one line. */
    public static String excerpt(String text) {
        String line = text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
        return Unicode.wellFormed(line).replaceAll("\\p{Cntrl}", "�").replace('`', '\'');
    }
}
