package io.taggateway.attack;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Texts that programs often handle wrongly, for places in which an id, a name or a filter is expected. */
final class HostileText {

    static final Set<String> ALL = new LinkedHashSet<>(List.of(
            // Nothing, white space and control characters
            "",
            " ",
            "\u0000",
            "sipsim:call:1\u00002",
            "\u0001\u0008\u000b\u001b[31m\u007f",
            "a\r\nX-Injected: 1\r\n\r\nGET /tags HTTP/1.1",
            "sipsim:call:100399\r\nHost: other",
            // Paths, queries and encodings of URLs
            "../../../etc/passwd",
            "sipsim:call:../tags",
            "sipsim:tag:1/../../calls/100399",
            "sipsim:call:..",
            "sipsim:call:%2e%2e%2f%2e%2e%2foauth%2ftoken",
            "sipsim:call:100399%2Ftags",
            "sipsim:call:100399?limit=1#x",
            "swipeone:contact:6682840d9286aa59ee001001/../../workspaces",
            "swipeone:tag:..\\..\\x;y=1",
            "http://169.254.169.254/latest/meta-data",
            "//other.example.com/x",
            "%00%0d%0a%252e%252e",
            // Other languages
            "' OR '1'='1' --",
            "1; DROP TABLE tags; --",
            "{\"$gt\": \"\", \"$where\": \"sleep(1000)\"}",
            "\"}) { id } __schema { types { name } } x: tag(id: \"",
            "\",\"name\":\"x\",\"admin\":true,\"y\":\"",
            "<script>alert(1)</script><img src=x onerror=alert(1)>",
            "${jndi:ldap://127.0.0.1:1/x}${7*7}#{7*7}{{7*7}}",
            "%s%n%x%1$s{}{0}",
            // Unicode
            "\ud800",
            "a\udfffb\ud800c",
            "\u0455ipsim:tag:1",
            "\u202esipsim:tag:6\u202c\u200f",
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\ud83c\udff4\udb40\udc67",
            "e\u0301\u0327\u0334".repeat(50),
            "\ufeff\u2028\u2029\ufffe\uffff",
            // Numbers
            "-1",
            "99999999999999999999999999",
            "sipsim:tag:000000000000000000006",
            "1e999999999",
            "NaN",
            // Ids, cursors and other tokens in the wrong place
            "swipeone:call:100399",
            "sipsim:contact:6682840d9286aa59ee001001",
            "sipsim:call:6682840d9286aa59ee001001",
            "SIPSIM:TAG:6",
            "sipsim:tag:6:7::",
            "c2lwc2ltOjE.MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI",
            "AAAA".repeat(40) + "==",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
            "a".repeat(100_000)));

    private HostileText() {}
}
