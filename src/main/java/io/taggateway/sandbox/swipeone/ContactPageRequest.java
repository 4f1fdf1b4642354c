package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.ListEnd;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Swipe One's pagination. A page begins or ends next to the contact in its token, even if the list no longer has it.
 *
 * @param limit the size of a page
 * @param after the token sent as {@code searchAfter}
 * @param before the token sent as {@code searchBefore}
 */
record ContactPageRequest(
        int limit, @Nullable String after, @Nullable String before) {

    ContactPageRequest {
        if (limit < 1 || limit > 1000 || (after != null && before != null)) {
            throw new RejectedException(400, "Invalid input");
        }
    }

    static ContactPageRequest of(SandboxRequest request, int defaultLimit) {
        String limit = Objects.requireNonNullElse(request.parameter("limit"), Integer.toString(defaultLimit));
        return new ContactPageRequest(
                limit.matches("\\d{1,9}") ? Integer.parseInt(limit) : 0,
                request.parameter("searchAfter"),
                request.parameter("searchBefore"));
    }

    /** The page of a selection, as {@code data} of a response. */
    ObjectNode page(
            Collection<ContactDocument> contacts,
            ContactSelection selection,
            ListEnd end,
            Function<ContactDocument, ObjectNode> shape) {
        List<ContactDocument> found = contacts.stream()
                .filter(selection.filter())
                .sorted(selection.order())
                .toList();
        int from = 0;
        int to = found.size();
        if (before != null) {
            ContactDocument next = find(before, contacts);
            to = count(found, contact -> selection.order().compare(contact, next) < 0);
            from = Math.max(0, to - limit);
        } else if (after != null) {
            ContactDocument last = find(after, contacts);
            from = count(found, contact -> selection.order().compare(contact, last) <= 0);
        }
        List<ContactDocument> items = found.subList(from, Math.min(to, from + limit));
        ObjectNode page = SandboxJson.object().put("count", found.size());
        put(
                page,
                "searchAfter",
                items.isEmpty() ? after : token(items.getLast()),
                from + items.size() < found.size() ? null : end);
        put(page, "searchBefore", items.isEmpty() ? before : token(items.getFirst()), from > 0 ? null : end);
        return page.set("contacts", SandboxJson.array(items.stream().map(shape).toList()));
    }

    /** Adds a token. At the end of the list, it has the form of {@code end}. */
    private static void put(ObjectNode page, String name, @Nullable String token, @Nullable ListEnd end) {
        if (end == ListEnd.NULL) {
            page.putNull(name);
        } else if (end != ListEnd.MISSING && token != null) {
            page.put(name, token);
        }
    }

    private static int count(List<ContactDocument> found, Predicate<ContactDocument> filter) {
        return (int) found.stream().filter(filter).count();
    }

    private static ContactDocument find(String token, Collection<ContactDocument> contacts) {
        return contacts.stream()
                .filter(contact -> token(contact).equals(token))
                .findFirst()
                .orElseThrow(() -> new RejectedException(400, "Invalid pagination token"));
    }

    /** The token ends in base64 padding, so that clients have to encode it. */
    private static String token(ContactDocument contact) {
        return Base64.getEncoder().encodeToString(("contact:" + contact.id()).getBytes(StandardCharsets.UTF_8));
    }
}
