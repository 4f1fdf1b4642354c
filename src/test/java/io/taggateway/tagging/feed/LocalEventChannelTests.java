package io.taggateway.tagging.feed;

class LocalEventChannelTests extends EventChannelContract {

    private final EventChannel<SubjectTagsEvent> channel = EventChannel.inProcess();

    @Override
    protected EventChannel<SubjectTagsEvent> channel() {
        return channel;
    }

    @Override
    protected EventChannel<SubjectTagsEvent> other() {
        return channel;
    }
}
