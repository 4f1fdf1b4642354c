package io.taggateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.attack.ArgumentPlace.Form;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of hostile texts at each position of each argument of each field. */
@GatewayTest
@SlowTest
class HostileArgumentTests {

    /** Each of so many texts is sent to a position. The profile "history" sends all of them. */
    private static final int PART = Integer.getInteger("attack.part", 8);

    private static final Map<String, List<ArgumentPlace>> PLACES = new PlaceFinder().find();

    private static final String SEGMENT = "/[^/\\\\?#\\p{Cntrl}]+";
    private static final Pattern SIPSIM =
            Pattern.compile("/tags(ID)?|/calls(ID)?|/callsID/tags(ID)?".replace("ID", SEGMENT));
    private static final Pattern SWIPEONE =
            Pattern.compile("/tags(ID)?(/contacts)?|/contactsID(/tags)?|/workspacesID/(tags|contacts|contacts/search)"
                    .replace("ID", SEGMENT));

    private final TestGateway gateway;
    private final Attacker attacker;

    HostileArgumentTests(TestGateway gateway) {
        this.gateway = gateway;
        this.attacker = new Attacker(gateway.url());
    }

    static Set<String> fields() {
        return PLACES.keySet();
    }

    @Test
    void allKindsOfArgumentsAreTestedWithAtLeastFortyTexts() {
        assertThat(HostileText.ALL).hasSizeGreaterThanOrEqualTo(40);
        assertThat(PLACES).containsKeys("Query._entities", "Mutation.tagCalls", "Subscription.tagChanged", "Tag.calls");
        assertThat(PLACES.get("Query.calls"))
                .extracting(ArgumentPlace::path)
                .contains("after", "first", "filter", "filter.anyTag", "filter.anyTag[].id", "filter.types[]");
        assertThat(PLACES.get("Query._entities"))
                .extracting(ArgumentPlace::path)
                .contains("representations[]._Any.Call.remoteId", "representations[]._Any.TagGroup.slug");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void hostileTextIsRefusedOrTreatedAsAnyOtherValue(String field) {
        List<String> bodies = bodies(Objects.requireNonNull(PLACES.get(field)));
        if (field.startsWith("Subscription")) {
            attacker.subscribe(bodies).forEach(message -> Attacker.assertHarmless(field, message));
        } else {
            List<HttpResponse<String>> responses = attacker.post(bodies);
            for (int i = 0; i < bodies.size(); i++) {
                String body = bodies.get(i).substring(0, Math.min(bodies.get(i).length(), 500));
                assertThat(responses.get(i).statusCode())
                        .as(body)
                        .isLessThan(500)
                        .isNotEqualTo(429);
                Attacker.assertHarmless(body, responses.get(i).body());
            }
        }
        assertPaths(gateway.sipsim(), SIPSIM);
        assertPaths(gateway.swipeone(), SWIPEONE);
        assertThat(gateway.texts("{ tagGroups(first: 1) { nodes { slug } } }", "tagGroups.nodes[*].slug"))
                .hasSize(1);
    }

    /** Consecutive positions have different texts, and each form is used in turn. */
    private static List<String> bodies(List<ArgumentPlace> places) {
        List<String> bodies = new ArrayList<>();
        Form[] forms = Form.values();
        List<String> texts = List.copyOf(HostileText.ALL);
        for (int i = 0; i < places.size(); i++) {
            for (int text = i % PART; text < texts.size(); text += PART) {
                bodies.add(places.get(i).body(forms[bodies.size() % forms.length], texts.get(text)));
            }
        }
        return bodies;
    }

    private static void assertPaths(SandboxVendor<?> vendor, Pattern paths) {
        for (String request : TestGateway.requests(vendor)) {
            String path = request.substring(request.indexOf(' ') + 1);
            String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            assertThat(path).matches(paths);
            assertThat(decoded).doesNotContainPattern("[/\\\\]\\.{1,2}(?:[/\\\\]|$)|\\p{Cntrl}");
        }
    }
}
