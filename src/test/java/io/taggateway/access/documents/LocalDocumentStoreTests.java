package io.taggateway.access.documents;

class LocalDocumentStoreTests extends DocumentStoreContract {

    private final DocumentStore store = DocumentStore.inMemory();

    @Override
    protected DocumentStore store() {
        return store;
    }

    @Override
    protected DocumentStore other() {
        return store;
    }
}
