package io.taggateway.tagging.model;

/** Done, but not exactly as asked. */
public record Warning(WarningCode code, String message) {}
