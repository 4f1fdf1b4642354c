package io.taggateway.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Function;
import java.util.stream.Stream;

/** A condition that a class meets when nothing is found in it; each finding is a sentence. */
final class ViolationCondition extends ArchCondition<JavaClass> {

    private final Function<JavaClass, Stream<String>> findings;

    private ViolationCondition(String description, Function<JavaClass, Stream<String>> findings) {
        super(description);
        this.findings = findings;
    }

    static ArchCondition<JavaClass> none(String description, Function<JavaClass, Stream<String>> findings) {
        return new ViolationCondition(description, findings);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        findings.apply(type).forEach(finding -> events.add(SimpleConditionEvent.violated(type, finding)));
    }
}
