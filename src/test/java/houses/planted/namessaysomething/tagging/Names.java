package houses.planted.namessaysomething.tagging;

final class Names {
    static class TagManager {}

    static class TagHelper {}

    static class TagUtil {}

    static class TagUtils {}

    static class TagServiceImpl {}

    static class TagBase {}

    static class AbstractTag {}

    static class TagCommon {}

    static class TagDto {}

    static class TagData {}

    static class TagInfo {}

    static class TagProcessor {}

    static class TagResolver {}

    static class TagInterceptor {}

    static class TagAdapter {}
}
