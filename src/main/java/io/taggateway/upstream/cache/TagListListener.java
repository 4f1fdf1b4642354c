package io.taggateway.upstream.cache;

/** Is notified of each transition of an account's tags, one after the other in the order of their versions. */
interface TagListListener {

    void changed(TagListState before, TagListState after);
}
