package houses.planted.testsareneitherrenamednordisabled.tagging;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TagChecks {
    @Test
    @Disabled
    void namesAreKept() {}

    @Test
    @DisplayName("colors")
    void colorsAreKept() {}

    @Test
    void idsAreKept() {}
}
