package io.taggateway.access.documents;

import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which documents are executed, and how requests may refer to them.
 *
 * @param apq automatic persisted queries, which clients register
 * @param mode what happens to documents that are not in the manifest
 * @param manifest the file that lists the trusted documents; needed in every mode but {@code off}
 */
@ConfigurationProperties(prefix = "gateway.documents", ignoreUnknownFields = false)
record DocumentsProperties(
        @DefaultValue Apq apq,
        @DefaultValue("off") ManifestMode mode,
        @DefaultValue("") String manifest) {

    DocumentsProperties {
        if (mode != ManifestMode.OFF && manifest.isBlank()) {
            throw new IllegalArgumentException(
                    "GATEWAY_DOCUMENTS_MODE is '%s', so GATEWAY_DOCUMENTS_MANIFEST must name a file"
                            .formatted(mode.name().toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * Apollo's automatic persisted queries.
     *
     * @param enabled whether requests may have the hash only, after a document was sent once with its hash
     */
    record Apq(@DefaultValue("true") boolean enabled) {}

    /** What happens to documents that are not in the manifest. */
    enum ManifestMode {
        /** They are executed. */
        OFF,
        /** They are executed, counted and logged. */
        LOG,
        /** They are refused. */
        ENFORCE
    }
}
