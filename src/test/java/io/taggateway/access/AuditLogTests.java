package io.taggateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests of the log lines for mutations. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class AuditLogTests {

    private final TestGateway gateway;

    AuditLogTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void logsMutationWithItsIdsAndWithoutOtherTexts(CapturedOutput log) {
        gateway.execute(
                "mutation Remove($input: DeleteTagInput!) { ...A } fragment A on Mutation { gone: deleteTag(input:"
                    + " $input) { deletedTagId } updateTag(input: {id: \"sipsim:tag:2\", name: \"S3cret\"}) { tag { id"
                    + " } } }",
                Map.of("input", Map.of("id", "sipsim:tag:1")));
        assertThat(lines(log))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("caller=\"anyone\" tenant=\"default\" operation=Remove"
                                + " fields=[deleteTag, updateTag] ids=[sipsim:tag:1, sipsim:tag:2]")
                        .containsPattern("outcome=executed requestId=\\S+$")
                        .doesNotContain("S3cret"));
    }

    @Test
    void queryIsNotLogged(CapturedOutput log) {
        gateway.execute("{ tags { totalCount } }");
        assertThat(lines(log)).isEmpty();
    }

    private static List<String> lines(CapturedOutput log) {
        return log.getOut()
                .lines()
                .filter(line -> line.contains(" audit ") && line.contains("Mutation: "))
                .toList();
    }
}
