package io.taggateway.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * Every rule of the house, for any house of the same plan: {@code io.taggateway} and the planted ones.
 *
 * <p>A new rule needs planted violations, which {@link PlantedViolationTests} asks for.
 */
enum ArchitectureRules {
    EVERY_CLASS_HAS_A_ROOM,
    REQUESTS_WALK_ONE_WAY,
    VENDORS_ARE_STRANGERS,
    VENDORS_ARE_HIDDEN,
    TAGGING_IS_PLAIN,
    PACKAGES_HAVE_NO_CYCLES,
    LIBRARIES_HAVE_ONE_HOME,
    NO_VENDOR_IS_SINGLED_OUT,
    NOBODY_BLOCKS,
    PACKAGES_ARE_NULL_MARKED,
    FIELDS_ARE_NOT_INJECTED,
    OPTIONAL_IS_ONLY_RETURNED,
    NOTHING_IS_PRINTED,
    NAMES_SAY_SOMETHING,
    NAMES_ARE_UNIQUE,
    TESTS_DO_NOT_MOCK,
    TESTS_DO_NOT_SLEEP,
    TEST_CLASSES_ARE_NAMED_BY_ROLE,
    TEST_METHODS_ARE_STATEMENTS,
    TESTS_ARE_NEITHER_RENAMED_NOR_DISABLED;

    static Stream<ArchitectureRules> forMainCode() {
        return Stream.of(values()).filter(rule -> !rule.isForTests());
    }

    static Stream<ArchitectureRules> forTests() {
        return Stream.of(values()).filter(ArchitectureRules::isForTests);
    }

    private boolean isForTests() {
        return compareTo(TESTS_DO_NOT_MOCK) >= 0;
    }

    /** The rule for the house whose rooms are the packages right below {@code root}. */
    ArchRule under(String root) {
        Rooms rooms = new Rooms(root);
        return switch (this) {
            case EVERY_CLASS_HAS_A_ROOM -> RoomRules.everyClassHasARoom(rooms);
            case REQUESTS_WALK_ONE_WAY -> RoomRules.requestsWalkOneWay(rooms);
            case VENDORS_ARE_STRANGERS -> RoomRules.vendorsAreStrangers(rooms);
            case VENDORS_ARE_HIDDEN -> RoomRules.vendorsAreHidden(rooms);
            case TAGGING_IS_PLAIN -> RoomRules.taggingIsPlain(rooms);
            case PACKAGES_HAVE_NO_CYCLES -> RoomRules.packagesHaveNoCycles();
            case LIBRARIES_HAVE_ONE_HOME -> LibraryRules.librariesHaveOneHome(rooms);
            case NO_VENDOR_IS_SINGLED_OUT -> RoomRules.noVendorIsSingledOut(rooms);
            case NOBODY_BLOCKS -> CodeRules.nobodyBlocks();
            case PACKAGES_ARE_NULL_MARKED -> CodeRules.packagesAreNullMarked();
            case FIELDS_ARE_NOT_INJECTED -> CodeRules.fieldsAreNotInjected();
            case OPTIONAL_IS_ONLY_RETURNED -> CodeRules.optionalIsOnlyReturned();
            case NOTHING_IS_PRINTED -> CodeRules.nothingIsPrinted();
            case NAMES_SAY_SOMETHING -> NamingRules.namesSaySomething(root);
            case NAMES_ARE_UNIQUE -> NamingRules.namesAreUnique();
            case TESTS_DO_NOT_MOCK -> TestCodeRules.testsDoNotMock();
            case TESTS_DO_NOT_SLEEP -> TestCodeRules.testsDoNotSleep();
            case TEST_CLASSES_ARE_NAMED_BY_ROLE -> TestCodeRules.testClassesAreNamedByRole();
            case TEST_METHODS_ARE_STATEMENTS -> TestCodeRules.testMethodsAreStatements();
            case TESTS_ARE_NEITHER_RENAMED_NOR_DISABLED -> TestCodeRules.testsAreNeitherRenamedNorDisabled();
        };
    }
}
