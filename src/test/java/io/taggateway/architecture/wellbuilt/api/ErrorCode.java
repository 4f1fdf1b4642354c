package io.taggateway.architecture.wellbuilt.api;

public enum ErrorCode {
    NOT_FOUND
}
