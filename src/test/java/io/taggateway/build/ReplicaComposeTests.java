package io.taggateway.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of docker-compose.replicas.yml and of the load balancer's configuration. */
class ReplicaComposeTests {

    private static final Path BALANCER = Path.of("deploy/nginx/nginx.conf");

    @Test
    void balancerHasThePortInPlaceOfTheGateways() throws IOException {
        assertThat(services().at("/gateway/ports")).isEmpty();
        assertThat(services().at("/balancer/ports/0").asString()).isEqualTo("127.0.0.1:${SERVER_PORT:-8080}:8080");
        assertThat(Files.readString(BALANCER)).contains("listen 8080;", "gateway:8080");
    }

    @Test
    void everyVariableExists() throws IOException {
        String catalogue = Files.readString(Path.of("src/main/resources/application.yml"));
        assertThat(services().at("/gateway/environment").propertyNames())
                .isNotEmpty()
                .allMatch(name -> catalogue.contains("${" + name + ":"));
    }

    @Test
    void redisIsReachedByGatewaysOnly() throws IOException {
        assertThat(services().path("redis").has("ports")).isFalse();
        assertThat(services().at("/redis/networks"))
                .extracting(JsonNode::asString)
                .containsExactly("cluster");
        assertThat(services().at("/balancer").has("networks")).isFalse();
        assertThat(compose().at("/networks/cluster/internal").asBoolean()).isTrue();
    }

    @Test
    void containersHaveNoMoreRightsThanTheyNeed() throws IOException {
        assertThat(List.of(services().path("balancer"), services().path("redis")))
                .allSatisfy(service -> {
                    assertThat(service.path("read_only").asBoolean()).isTrue();
                    assertThat(service.at("/cap_drop/0").asString()).isEqualTo("ALL");
                    assertThat(service.at("/security_opt/0").asString()).isEqualTo("no-new-privileges:true");
                    assertThat(service.path("user").asString()).isNotEmpty().doesNotStartWith("0");
                    assertThat(service.has("mem_limit")).isTrue();
                });
    }

    /** The gateway trusts the headers of the balancer, which replaces those of callers. */
    @Test
    void balancerReplacesForwardedHeadersAndPassesStreams() throws IOException {
        assertThat(services()
                        .at("/gateway/environment/SERVER_FORWARD_HEADERS_STRATEGY")
                        .asString())
                .isEqualTo("framework");
        assertThat(Files.readString(BALANCER))
                .contains(
                        "proxy_set_header Forwarded \"\";",
                        "proxy_set_header X-Forwarded-For $remote_addr;",
                        "proxy_set_header X-Forwarded-Proto $scheme;",
                        "proxy_set_header X-Forwarded-Host $http_host;",
                        "proxy_set_header X-Forwarded-Port \"\";",
                        "proxy_set_header X-Forwarded-Prefix \"\";",
                        "proxy_set_header Upgrade $http_upgrade;",
                        "proxy_buffering off;",
                        "proxy_next_upstream error;")
                .doesNotContain("$proxy_add_x_forwarded_for", "non_idempotent");
    }

    private static JsonNode services() throws IOException {
        return compose().path("services");
    }

    /** Docker compose removes values with the tag. */
    private static JsonNode compose() throws IOException {
        String text = Files.readString(Path.of("docker-compose.replicas.yml"));
        Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(text.replace("!reset ", ""));
        return JsonMapper.shared().valueToTree(content);
    }
}
