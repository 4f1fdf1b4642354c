package io.taggateway.tagging.write;

/** Done, but not exactly as asked. */
public record Warning(WarningCode code, String message) {}
