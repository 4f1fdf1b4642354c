package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the vendor requests of each mutation, as in docs/write.md. */
@GatewayTest
@SlowTest
class WriteRequestCountTests {

    private final TestGateway gateway;

    WriteRequestCountTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "createTag(input: {name: \"Gold\"}) | GET POST | GET POST | GET POST GET | GET POST GET",
                "createTag(input: {name: \"VIP\", ifExists: REUSE}) | GET | GET | GET | GET",
                "updateTag(input: {id: \"sipsim:tag:4\", name: \"Money\"}) | GET PATCH | GET PATCH | '' | ''",
                "updateTag(input: {id: \"swipeone:tag:6682840d9286aa59ee00000c\", name: \"Talk\"})"
                        + " | '' | '' | GET PATCH | GET PATCH",
                "deleteTag(input: {id: \"sipsim:tag:4\"}) | GET DELETE | GET DELETE | '' | ''",
                "updateTagGroup(input: {slug: \"vip\", color: \"red\"})"
                        + " | GET PATCH | GET PATCH | GET PATCH | GET PATCH",
                "addTags(input: {subjectId: \"sipsim:call:100400\", tags: [{name: \"VIP\"}]})"
                        + " | GET GET PUT | GET PUT | '' | ''",
                "addTags(input: {subjectId: \"swipeone:contact:6682840d9286aa59ee001000\", tags: [{name: \"VIP\"}]})"
                        + " | '' | '' | GET GET POST GET | GET POST GET",
                "removeTags(input: {subjectId: \"sipsim:call:100399\", tags: [{name: \"Billing\"}]})"
                        + " | GET GET DELETE | GET DELETE | '' | ''",
                "setTags(input: {subjectId: \"sipsim:call:100399\", tags: [{name: \"Billing\"}, {name: \"VIP\"}]})"
                        + " | GET GET PUT DELETE DELETE GET | GET PUT DELETE DELETE GET | '' | ''",
                "setTags(input: {subjectId: \"swipeone:contact:6682840d9286aa59ee001001\", tags: [{name: \"Trial\"}]})"
                        + " | '' | '' | GET GET POST GET | GET POST GET",
                "tagSubjects(input: {subjectIds: [\"sipsim:call:100400\","
                        + " \"swipeone:contact:6682840d9286aa59ee001000\"], add: [{name: \"VIP\"}]})"
                        + " | GET GET PUT | GET PUT | GET GET POST GET | GET POST GET",
                "tagCalls(input: {filter: {types: [VOICEMAIL]}, tags: [{name: \"VIP\"}], limit: 2})"
                        + " | GET GET PUT PUT | GET PUT PUT | '' | ''",
                "syncTags(input: {from: SIPSIM, to: SWIPEONE, slugs: [\"spam\"]})"
                        + " | GET | GET | GET POST GET | GET POST GET",
                "syncTags(input: {from: SWIPEONE, to: SIPSIM, slugs: [\"trial\"]}) | GET POST | GET POST | GET | GET",
                "syncTags(input: {from: SIPSIM, to: SWIPEONE, slugs: [\"partner\"], align: true})"
                        + " | GET | GET | GET PATCH | GET PATCH",
            })
    void mutationSendsAtMostTheDocumentedRequests(
            String call, String sipsimCold, String sipsimWarm, String swipeoneCold, String swipeoneWarm) {
        MutationResponse.of(gateway, call);
        assertThat(methods()).containsExactly(sipsimCold, swipeoneCold);
        gateway.clearCaches();
        gateway.execute("{ tags { totalCount } }").path("tags.totalCount").hasValue();
        gateway.clearRequests();
        MutationResponse.of(gateway, call);
        assertThat(methods()).containsExactly(sipsimWarm, swipeoneWarm);
    }

    private List<String> methods() {
        return List.of(
                String.join(
                        " ",
                        gateway.sipsim().requests().stream()
                                .map(one -> one.method())
                                .toList()),
                String.join(
                        " ",
                        gateway.swipeone().requests().stream()
                                .map(one -> one.method())
                                .toList()));
    }
}
