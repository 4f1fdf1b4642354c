package houses.planted.testclassesarenamedbyrole.tagging;

import org.junit.jupiter.api.Test;

class TagChecks {
    @Test
    void tagsHaveNames() {}
}
