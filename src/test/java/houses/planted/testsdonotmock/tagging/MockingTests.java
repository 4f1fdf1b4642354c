package houses.planted.testsdonotmock.tagging;

import houses.planted.testsdonotmock.mockito.Mockito;

class MockingTests {
    String mocked() {
        return Mockito.mock("TagSource");
    }
}
