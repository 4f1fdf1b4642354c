package io.taggateway.architecture.planted.testsdonotmock.tagging;

import io.taggateway.architecture.planted.testsdonotmock.mockito.Mockito;

class MockingTests {
    String mocked() {
        return Mockito.mock("TagSource");
    }
}
