package houses.planted.testmethodsarestatements.tagging;

import org.junit.jupiter.api.Test;

class TagChecks {
    @Test
    void testName() {}

    @Test
    void shouldHaveName() {}

    @Test
    void name_isKept() {}

    @Test
    void testedNamesAreKept() {}
}
