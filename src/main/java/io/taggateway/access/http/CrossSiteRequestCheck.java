package io.taggateway.access.http;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * Refuses a GET that a form, an image or a link on a page of another site may have sent with the caller's rights. A
 * POST needs no such check, as no page can send JSON elsewhere before the browser has asked whether it may.
 */
final class CrossSiteRequestCheck {

    private static final List<String> PREFLIGHT =
            List.of("GraphQL-Require-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name");

    /** What a browser says of a request that a script made. */
    private static final Set<String> OF_SCRIPTS = Set.of("cors", "same-origin");

    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    private CrossSiteRequestCheck() {}

    static void refuse(HttpHeaders headers) {
        boolean deliberate = isJson(headers)
                || AnswerType.anyNamed(headers)
                || PREFLIGHT.stream().anyMatch(name -> StringUtils.hasText(headers.getFirst(name)))
                || isOfScriptHere(headers);
        if (!deliberate) {
            throw new RefusedRequestException("A page of another site could have sent this GET: say what you accept,"
                    + " such as `Accept: application/json`, or send the header `GraphQL-Require-Preflight: 1`.");
        }
    }

    private static boolean isJson(HttpHeaders headers) {
        try {
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(headers.getContentType());
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** Pages cannot change these headers. Programs that are no browsers send the first one without the second. */
    private static boolean isOfScriptHere(HttpHeaders headers) {
        String mode = headers.getFirst("Sec-Fetch-Mode");
        String site = headers.getFirst("Sec-Fetch-Site");
        return mode != null && OF_SCRIPTS.contains(mode) && (site == null || !OTHER_SITES.contains(site));
    }
}
