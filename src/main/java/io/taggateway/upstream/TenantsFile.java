package io.taggateway.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A file with settings of tenants: properties if its name ends so, or else YAML. */
record TenantsFile(Path path) {

    /**
     * The bytes of the file.
     *
     * @throws IllegalArgumentException if it cannot be read; the message is for operators
     */
    byte[] read() {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("The tenants file " + path + " does not exist", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The tenants file " + path + " cannot be read", e);
        }
    }

    /**
     * The properties in some bytes.
     *
     * @throws IllegalArgumentException if they are malformed; the message quotes none of them
     */
    List<ConfigurationPropertySource> parse(byte[] content) {
        boolean properties = path.toString().endsWith(".properties");
        PropertySourceLoader loader =
                properties ? new PropertiesPropertySourceLoader() : new YamlPropertySourceLoader();
        try {
            return loader.load("tenants", new ByteArrayResource(content)).stream()
                    .map(ConfigurationPropertySource::from)
                    .toList();
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new IllegalArgumentException("The tenants file " + path + " is malformed in line " + line, e);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("The tenants file " + path + " is malformed", e);
        }
    }
}
