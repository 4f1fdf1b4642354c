package io.taggateway.architecture.planted.taggingisplain.tagging;

import io.taggateway.architecture.planted.taggingisplain.upstream.Road;

interface TagReader {
    void read(Road road);
}
