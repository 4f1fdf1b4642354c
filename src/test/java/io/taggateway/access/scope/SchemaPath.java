package io.taggateway.access.scope;

import graphql.language.FieldDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A path from a root field to a field, with each object type at most once.
 *
 * @param root {@code Query}, {@code Mutation} or {@code Subscription}
 * @param steps the fields
 */
record SchemaPath(String root, List<Step> steps) {

    private static final String CALL = "sipsim:call:100399";
    static final String CONTACT = "swipeone:contact:6682840d9286aa59ee001001";
    private static final String GROUP = "group:vip";
    private static final String CALL_TAG = "sipsim:tag:6";
    private static final String CONTACT_TAG = "swipeone:tag:6682840d9286aa59ee000003";

    /** Arguments with placeholders for a subject's id, a tag's id, and the name of a tag of the subject. */
    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("node", "(id: \"%1$s\")"),
            Map.entry("nodes", "(ids: [\"%1$s\"])"),
            Map.entry("tag", "(id: \"%2$s\")"),
            Map.entry("call", "(id: \"%1$s\")"),
            Map.entry("contact", "(id: \"%1$s\")"),
            Map.entry("tagGroup", "(slug: \"vip\")"),
            Map.entry("tags", "(first: 8)"),
            Map.entry("tagGroups", "(first: 3)"),
            Map.entry("calls", "(first: 8)"),
            Map.entry("contacts", "(first: 8)"),
            Map.entry("createTag", "(input: {name: \"VIP\", ifExists: REUSE, dryRun: true})"),
            Map.entry("updateTag", "(input: {id: \"%2$s\", name: \"Sample\", dryRun: true})"),
            Map.entry("deleteTag", "(input: {id: \"%2$s\", dryRun: true})"),
            Map.entry("updateTagGroup", "(input: {slug: \"vip\", color: \"#112233\", dryRun: true})"),
            Map.entry("addTags", "(input: {subjectId: \"%1$s\", tags: [{name: \"Hot Lead\"}], dryRun: true})"),
            Map.entry("removeTags", "(input: {subjectId: \"%1$s\", tags: [{name: \"%3$s\"}], dryRun: true})"),
            Map.entry("setTags", "(input: {subjectId: \"%1$s\", tags: [{name: \"Hot Lead\"}], dryRun: true})"),
            Map.entry(
                    "tagSubjects",
                    "(input: {subjectIds: [\"%1$s\"], add: [{name: \"Hot Lead\"}], remove: [{name: \"%3$s\"}],"
                            + " dryRun: true})"),
            Map.entry("tagCalls", "(input: {filter: {}, tags: [{name: \"Hot Lead\"}], limit: 5, dryRun: true})"),
            Map.entry("syncTags", "(input: {from: SIPSIM, to: SWIPEONE, dryRun: true})"));

    /**
     * One field.
     *
     * @param object the object type that it returns; empty if it returns no object
     * @param requirements the scopes of the field and of this type
     */
    record Step(String parent, FieldDefinition field, String object, List<List<Set<String>>> requirements) {

        String name() {
            return field.getName();
        }

        String coordinates() {
            return parent + "." + field.getName();
        }
    }

    /** The paths to fields that require a scope which no earlier field on the path requires. */
    static List<SchemaPath> toGuardedFields(DeclaredScopeReader schema, String root) {
        List<SchemaPath> found = new ArrayList<>();
        walk(schema, new SchemaPath(root, List.of()), root, found);
        return found;
    }

    private static void walk(DeclaredScopeReader schema, SchemaPath path, String type, List<SchemaPath> found) {
        for (FieldDefinition field : schema.fields(type)) {
            String returned = DeclaredScopeReader.typeOf(field);
            List<String> objects = schema.objectsOf(returned);
            for (String object : objects.isEmpty() ? List.of("") : objects) {
                boolean isMet = path.root.equals(object)
                        || path.steps.stream().anyMatch(step -> step.object.equals(object) && !object.isEmpty());
                SchemaPath longer = path.plus(new Step(type, field, object, schema.requirements(field, object)));
                if (!isMet) {
                    if (!path.requirements().containsAll(longer.requirements())) {
                        found.add(longer);
                    }
                    if (!object.isEmpty()) {
                        walk(schema, longer, object, found);
                    }
                }
            }
        }
    }

    private SchemaPath plus(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new SchemaPath(root, List.copyOf(longer));
    }

    Step last() {
        return steps.getLast();
    }

    /** The requirements on the path. */
    Set<List<Set<String>>> requirements() {
        return steps.stream().flatMap(step -> step.requirements().stream()).collect(Collectors.toSet());
    }

    /** The requirements of the last field that no earlier field has. */
    Set<List<Set<String>>> newRequirements() {
        Set<List<Set<String>>> requirements = new HashSet<>(last().requirements());
        steps.subList(0, steps.size() - 1).forEach(step -> requirements.removeAll(step.requirements()));
        return requirements;
    }

    /** The field names, as in the path of an error without its indexes. */
    List<String> names() {
        return steps.stream().map(Step::name).toList();
    }

    /** The first call, contact, tag or group on the path, whose id is the argument of the root field. */
    private String subject() {
        return steps.stream()
                .map(Step::object)
                .filter(object -> object.matches(root.equals("Query") ? "Tag|TagGroup|Call|Contact" : "Call|Contact"))
                .findFirst()
                .map(object -> switch (object) {
                    case "Tag" -> tag();
                    case "TagGroup" -> GROUP;
                    case "Call" -> CALL;
                    default -> CONTACT;
                })
                .orElse(names().contains("calls") ? CONTACT : CALL);
    }

    /** A tag with the objects that the rest of the path needs. */
    private String tag() {
        return names().contains("contacts") ? CONTACT_TAG : CALL_TAG;
    }

    private String arguments(Step step, String id) {
        return SAMPLES.getOrDefault(step.name(), "").formatted(id, tag(), id.equals(CALL) ? "Billing" : "VIP");
    }

    /** An operation that selects the last field. */
    String document() {
        return document(subject());
    }

    /** The same for a subject. */
    String document(String subject) {
        String inner = last().object().isEmpty() ? "" : " { __typename }";
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            boolean takesArguments = !step.field().getInputValueDefinitions().isEmpty();
            String selection = step.name() + (takesArguments ? arguments(step, subject) : "") + inner;
            boolean isNarrowed = i > 0
                    && !DeclaredScopeReader.typeOf(steps.get(i - 1).field()).equals(step.parent());
            inner = " { " + (isNarrowed ? "... on " + step.parent() + " { " + selection + " }" : selection) + " }";
        }
        return root.toLowerCase(Locale.ROOT) + inner;
    }

    @Override
    public String toString() {
        return root + "." + String.join(".", names()) + (last().object().isEmpty() ? "" : ":" + last().object());
    }
}
