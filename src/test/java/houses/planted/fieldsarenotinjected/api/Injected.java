package houses.planted.fieldsarenotinjected.api;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

class Injected {
    @Autowired
    @Nullable
    String service;

    @Value("1")
    int size;
}
