package io.taggateway.access.documents;

import graphql.execution.preparsed.PreparsedDocumentEntry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The valid documents that were used last, parsed, as clients send the same few again and again. What was not used for
 * longest goes first, and a long document is not kept at all, so that nobody can fill the memory or push out everything
 * with a few.
 */
final class RecentDocuments {

    /** The length up to which a document is kept. */
    static final int MAX_LENGTH = 32_768;

    private static final int MAX_COUNT = 1_000;

    /** Parsed, a document takes up to seventy bytes for each character of its text. */
    private static final int MAX_TOTAL_LENGTH = 524_288;

    private final Map<DocumentHash, Kept> documents = new LinkedHashMap<>(64, 0.75f, true);
    private int totalLength;

    synchronized @Nullable PreparsedDocumentEntry find(DocumentHash hash) {
        Kept kept = documents.get(hash);
        return kept == null ? null : kept.entry();
    }

    /** Keeps a document of such a length, unless it is too long or not valid. */
    synchronized void keep(DocumentHash hash, int length, PreparsedDocumentEntry entry) {
        if (length > MAX_LENGTH || entry.hasErrors()) {
            return;
        }
        Kept before = documents.put(hash, new Kept(length, entry));
        totalLength += length - (before == null ? 0 : before.length());
        Iterator<Kept> eldest = documents.values().iterator();
        while (documents.size() > MAX_COUNT || totalLength > MAX_TOTAL_LENGTH) {
            totalLength -= eldest.next().length();
            eldest.remove();
        }
    }

    private record Kept(int length, PreparsedDocumentEntry entry) {}
}
