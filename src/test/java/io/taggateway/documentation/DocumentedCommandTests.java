package io.taggateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.Program;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the commands of {@code docs/security.md} in a shell. In place of {@code mvn spring-boot:run}, the test starts a
 * gateway with the variables that the shell has exported.
 */
@SlowTest
class DocumentedCommandTests {

    private static final Program BASH = new Program("install bash", List.of("bash"));
    private static final Program CURL = new Program("install curl", List.of("curl"));
    private static final Program OPENSSL = new Program("install OpenSSL", List.of("openssl"));

    private static final MarkdownPage PAGE = MarkdownPage.of("security.md");
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REQUEST_AND_RESPONSE =
            Pattern.compile("```sh\n(?:(?!```).)*?curl (?:(?!```).)*?```\n\n```text\n(.*?)```", Pattern.DOTALL);
    private static final String START = "mvn spring-boot:run";

    /** Reports the exported variables and waits for the address of the gateway. */
    private static final String HANDOVER = "env | grep ^GATEWAY_; echo started; read -r GATEWAY";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "## API keys,",
        "## Tokens,",
        "## Tenants,",
        "## Tokens, ## API keys",
        "## Tenants, ## API keys",
        "## Tenants, ## Tokens"
    })
    void commandsHaveTheDocumentedOutput(String heading, @Nullable String before) throws IOException {
        String section = PAGE.section(heading);
        String settings = before == null ? "" : beforeStart(PAGE.section(before));
        Process shell = start(PAGE.matches(COMMANDS).getFirst() + settings + script(section));
        try (BufferedReader output = shell.inputReader(StandardCharsets.UTF_8);
                Writer input = shell.outputWriter(StandardCharsets.UTF_8);
                RunningGateway gateway = RunningGateway.start(settings(output))) {
            input.append(gateway.caller().url()).append('\n').flush();
            String responses = output.lines().collect(Collectors.joining("\n"));
            assertThat(expected(section))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(responses).containsPattern(line));
        } finally {
            shell.destroyForcibly();
        }
    }

    /** The commands of a section. */
    private static String script(String section) {
        String commands = commands(section);
        assertThat(commands).containsOnlyOnce(START).contains("http://localhost:8080/");
        return commands.replace(START, HANDOVER).replace("http://localhost:8080/", "$GATEWAY/");
    }

    /** The commands that set variables for a gateway, which remain set in the reader's shell. */
    private static String beforeStart(String section) {
        String commands = commands(section);
        return commands.substring(0, commands.indexOf(START));
    }

    private static String commands(String section) {
        return COMMANDS.matcher(section).results().map(match -> match.group(1)).collect(Collectors.joining("echo\n"));
    }

    private Process start(String script) throws IOException {
        CURL.path();
        OPENSSL.path();
        ProcessBuilder builder = new ProcessBuilder(BASH.path().toString(), "-eu", "-o", "pipefail", "-c", script)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("GATEWAY_"));
        builder.environment().putAll(Map.of("NO_PROXY", "127.0.0.1", "ACME_SIPSIM_TOKEN", "token"));
        return builder.start();
    }

    private static Map<String, String> settings(BufferedReader output) throws IOException {
        Map<String, String> settings = new HashMap<>();
        String line = output.readLine();
        while (line != null && !line.equals("started")) {
            if (line.startsWith("GATEWAY_")) {
                settings.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
            line = output.readLine();
        }
        assertThat(line).as("The commands before the start have failed").isNotNull();
        return settings;
    }

    /** The lines of the documented responses, in which {@code …} is any text. */
    private static List<Pattern> expected(String section) {
        return REQUEST_AND_RESPONSE
                .matcher(section)
                .results()
                .flatMap(match -> match.group(1).lines())
                .filter(line -> !line.isBlank())
                .map(line -> Pattern.compile(Pattern.quote(line).replace("…", "\\E.*\\Q")))
                .toList();
    }
}
