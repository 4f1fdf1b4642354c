package io.taggateway.tagging.model;

/** An argument that the caller has to change; its message names which and how. */
public final class BadInputException extends GatewayException {

    private static final long serialVersionUID = 1L;
    private static final int EXCERPT = 60;

    /** An exception whose message says what the caller can change. */
    public BadInputException(String message) {
        super(message);
    }

    /** The beginning of a caller's own text, short and on one line, fit to be shown back. */
    public static String excerpt(String text) {
        String line = text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
        return Unicode.wellFormed(line).replaceAll("\\p{Cntrl}", "�").replace('`', '\'');
    }
}
