package houses.planted.optionalisonlyreturned.tagging;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

record Maybe(Optional<String> color) {
    Optional<String> found() {
        return Optional.empty();
    }

    int size(OptionalInt given) {
        return given.orElse(1);
    }

    Predicate<Optional<String>> allowed() {
        return candidate -> candidate.isPresent();
    }
}
