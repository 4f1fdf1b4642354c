package io.taggateway.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** {@code mvn spring-boot:run} runs every phase up to {@code test-compile}, so checks run in later ones. */
class BuildPhaseTests {

    @ParameterizedTest
    @ValueSource(strings = {"error-prone", "checkstyle", "report", "floor"})
    void checksOfTheSourcesRunInVerifyWithTheGates(String execution) throws Exception {
        assertThat(read("//profile[id='gates']//execution[id='%s']/phase".formatted(execution)))
                .isEqualTo("verify");
    }

    @Test
    void testsAreCompiledWhereTestsRunOnly() throws Exception {
        assertThat(phaseOf("default-testCompile")).isEqualTo("process-test-classes");
    }

    @Test
    void identityProviderIsResolvedWhereItsTestsRunOnly() throws Exception {
        assertThat(phaseOf("identity-provider")).isEqualTo("${identity-provider.phase}");
        assertThat(read("/project/properties/identity-provider.phase")).isEqualTo("process-test-classes");
        assertThat(read("//profile[id='fast']/properties/identity-provider.phase"))
                .isEqualTo("none");
        assertThat(read("//profile[id='bench']/properties/identity-provider.phase"))
                .isEqualTo("none");
    }

    @Test
    void compilerChecksAreErrorsInSourcesAndTests() throws Exception {
        assertThat(read("//profile[id='gates']//execution[id='error-prone']/configuration"))
                .contains("-Xplugin:ErrorProne", "-Xep:NullAway:ERROR")
                .contains("${project.build.sourceDirectory}", "${project.build.testSourceDirectory}");
        assertThat(Files.readString(Path.of(".ci/run"))).contains("\nmvn -B verify -Pgates");
        assertThat(read("//plugin[artifactId='maven-compiler-plugin']/configuration/failOnWarning"))
                .isEqualTo("true");
    }

    @Test
    void formatIsCheckedWithTheGates() throws Exception {
        assertThat(read("/project/properties/surefire.excludes")).contains("FormatTests");
        assertThat(read("count(//profile[id='gates']/properties/surefire.excludes)"))
                .isEqualTo("1");
        assertThat(read("//profile[id='gates']/properties/surefire.excludes")).isEmpty();
    }

    @Test
    void sbomIsWrittenBeforeTheJarWhenItIsReleased() throws Exception {
        String plugin = "//profile[id='release']//plugin[artifactId='cyclonedx-maven-plugin']";
        assertThat(read(plugin + "/executions/execution/phase")).isEqualTo("prepare-package");
        assertThat(Files.readString(Path.of(".ci/run"))).contains("\nmvn -B verify -Pgates,release ");
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("mvn -B package -Prelease ");
    }

    private static String phaseOf(String execution) throws Exception {
        return read("/project/build/plugins/plugin/executions/execution[id='%s']/phase".formatted(execution));
    }

    private static String read(String expression)
            throws IOException, ParserConfigurationException, SAXException, XPathExpressionException {
        return XPathFactory.newInstance().newXPath().evaluate(expression, pom());
    }

    private static Document pom() throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(Files.newBufferedReader(Path.of("pom.xml"))));
    }
}
