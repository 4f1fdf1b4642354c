package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** Swipe One's endpoints of contacts. */
final class SwipeOneContactEndpoints {

    private static final int LIST_LIMIT = 20;
    private static final int SEARCH_LIMIT = 10;

    private final SwipeOneStore store;

    SwipeOneContactEndpoints(SwipeOneStore store) {
        this.store = store;
    }

    SandboxReply list(SandboxRequest request, List<String> ids) {
        return page(ContactPageRequest.of(request, LIST_LIMIT), ContactSelection.of(request));
    }

    SandboxReply search(SandboxRequest request, List<String> ids) {
        ObjectNode body = SandboxJson.readObject(request.body());
        JsonNode limit = body.has("limit") ? body.path("limit") : IntNode.valueOf(SEARCH_LIMIT);
        ContactPageRequest pages = new ContactPageRequest(
                limit.canConvertToInt() ? limit.intValue() : 0,
                SandboxJson.text(body, "searchAfter"),
                SandboxJson.text(body, "searchBefore"));
        return page(pages, ContactSelection.of(body));
    }

    SandboxReply get(SandboxRequest request, List<String> ids) {
        ContactDocument contact = store.read().contacts().get(ids.getFirst());
        if (contact == null) {
            throw new RejectedException(404, "Contact not found");
        }
        return SwipeOneJson.one(200, "contact", contact.json());
    }

    /** Creates a contact, or updates the one with that e-mail address. */
    SandboxReply upsert(SandboxRequest request, List<String> ids) {
        ObjectNode body = SandboxJson.readObject(request.body());
        boolean named = Stream.of("firstName", "fullName", "email")
                .map(name -> SandboxJson.text(body, name))
                .anyMatch(text -> text != null && !text.isBlank());
        if (!named) {
            throw new RejectedException(400, "Invalid input");
        }
        ContactDocument known = findByEmail(SandboxJson.text(body, "email"));
        ContactDocument contact =
                Objects.requireNonNullElseGet(known, this::created).merge(body, store.now());
        store.putContact(contact);
        return SwipeOneJson.one(known == null ? 201 : 200, "contact", contact.json());
    }

    private SandboxReply page(ContactPageRequest pages, ContactSelection selection) {
        return SwipeOneJson.success(
                200,
                pages.page(
                        store.read().contacts().values(),
                        selection,
                        store.options().listEnd(),
                        ContactDocument::json));
    }

    private ContactDocument created() {
        ObjectNode json = SandboxJson.object().put("_id", store.nextId());
        json.putArray("tags");
        return new ContactDocument(json.put("createdAt", ContactDocument.date(store.now()))
                .put("workspaceId", SwipeOneOptions.WORKSPACE_ID)
                .put("__v", 0));
    }

    private @Nullable ContactDocument findByEmail(@Nullable String email) {
        return store.current().contacts().values().stream()
                .filter(contact -> email != null && email.equalsIgnoreCase(contact.text("email")))
                .findFirst()
                .orElse(null);
    }
}
