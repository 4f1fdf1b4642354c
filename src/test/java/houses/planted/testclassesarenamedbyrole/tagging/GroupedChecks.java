package houses.planted.testclassesarenamedbyrole.tagging;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupedChecks {
    @Nested
    class Names {
        @ParameterizedTest
        @ValueSource(ints = 1)
        void tagsHaveNames(int count) {}
    }
}
