package houses.planted.testclassesarenamedbyrole.tagging;

import org.junit.jupiter.api.Test;

abstract class TagPromise {
    @Test
    void tagsHaveNames() {}
}
