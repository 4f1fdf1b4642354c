package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Swipe One's endpoints of contacts. */
final class SwipeOneContactDesk {

    private static final int LIST_LIMIT = 20;
    private static final int SEARCH_LIMIT = 10;

    private final SwipeOneStage stage;
    private final SwipeOneBodies bodies;

    SwipeOneContactDesk(SwipeOneStage stage, SwipeOneBodies bodies) {
        this.stage = stage;
        this.bodies = bodies;
    }

    SandboxReply list(SandboxRequest request, List<String> ids) {
        ContactKeyset keyset = new ContactKeyset(
                ContactKeyset.limit(request.parameter("limit"), LIST_LIMIT),
                request.parameter("searchAfter"),
                request.parameter("searchBefore"));
        return page(
                keyset,
                ContactOrder.ofQuery(request.parameter("sort"), request.parameter("order")),
                searched(request.parameter("searchText")));
    }

    SandboxReply search(SandboxRequest request, List<String> ids) {
        ObjectNode body = JsonTrees.readObject(request.body());
        JsonNode limit = body.path("limit");
        if (!limit.isMissingNode() && !limit.canConvertToInt()) {
            throw new RejectedException(400, "Invalid input");
        }
        ContactKeyset keyset = new ContactKeyset(
                limit.isMissingNode() ? SEARCH_LIMIT : limit.intValue(),
                JsonTrees.text(body, "searchAfter"),
                JsonTrees.text(body, "searchBefore"));
        return page(keyset, ContactOrder.ofBody(body.path("sort")), ContactPredicate.ofFilter(body.path("filter")));
    }

    SandboxReply get(SandboxRequest request, List<String> ids) {
        SwipeOneContactRow contact = stage.read().findContact(ids.getFirst());
        if (contact == null) {
            throw new RejectedException(404, "Contact not found");
        }
        return bodies.oneContact(200, contact);
    }

    /** Creates a contact, or updates the one of that e-mail address. */
    SandboxReply upsert(SandboxRequest request, List<String> ids) {
        ObjectNode body = JsonTrees.readObject(request.body());
        boolean named =
                Stream.of("firstName", "fullName", "email").anyMatch(name -> isFilled(JsonTrees.text(body, name)));
        if (!named) {
            throw new RejectedException(400, "Invalid input");
        }
        SwipeOneContactRow old = findByEmail(JsonTrees.text(body, "email"));
        if (old != null) {
            SwipeOneContactRow changed = old.merge(body, stage.now());
            stage.change(state -> state.withContact(changed));
            return bodies.oneContact(200, changed);
        }
        SwipeOneContactRow created = empty().merge(body, stage.now());
        stage.change(state -> state.withNewContact(created));
        return bodies.oneContact(201, created);
    }

    private SandboxReply page(
            ContactKeyset keyset, Comparator<SwipeOneContactRow> order, Predicate<SwipeOneContactRow> filter) {
        ContactKeyset.Page page = keyset.page(
                stage.read().contacts(), order, filter, stage.options().listEnd());
        return SwipeOneBodies.page(
                page, page.items().stream().map(SwipeOneContactRow::document).toList());
    }

    private SwipeOneContactRow empty() {
        ObjectNode document = JsonTrees.object().put("_id", stage.state().nextId());
        document.putArray("tags");
        document.put("createdAt", SwipeOneContactRow.date(stage.now()));
        document.put("workspaceId", stage.options().keys().workspaceId());
        return new SwipeOneContactRow(document.put("__v", 0));
    }

    private @Nullable SwipeOneContactRow findByEmail(@Nullable String email) {
        return stage.state().contacts().stream()
                .filter(contact -> email != null && email.equalsIgnoreCase(contact.text("email")))
                .findFirst()
                .orElse(null);
    }

    private static Predicate<SwipeOneContactRow> searched(@Nullable String searchText) {
        String sought = searchText == null ? "" : searchText.strip().toLowerCase(Locale.ROOT);
        return contact -> contact.displayName().toLowerCase(Locale.ROOT).contains(sought)
                || String.valueOf(contact.text("email")).contains(sought);
    }

    private static boolean isFilled(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
