package io.taggateway.architecture.planted.taggingisplain.tagging;

import reactor.netty.Connection;

interface TagHandler {
    void handle(Connection connection);
}
