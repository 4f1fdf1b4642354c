package io.taggateway.sandbox.http;

import java.util.Map;

/**
 * One vendor's API, played: from a request to an answer.
 *
 * @param <O> the vendor's options
 */
public interface PlayedApi<O> {

    /** The name that the vendor's settings have, such as {@code sipsim}. */
    String name();

    /** By the names of settings the credentials that are let in. */
    Map<String, String> credentials();

    /** Answers where the API lies on its host, such as {@code /api}. */
    String basePath();

    SandboxReply answer(SandboxRequest request);

    O options();

    void options(O options);

    /** Puts the data back to the start and forgets what was issued; the options stay. */
    void reset();
}
