package io.taggateway.access.documents;

import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which documents may be run, and how they may be asked for.
 *
 * @param apq documents that clients register by themselves
 * @param mode what becomes of documents that are not in the manifest
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
     * @param enabled whether a document that was sent once with its hash may be asked for by the hash alone
     */
    record Apq(@DefaultValue("true") boolean enabled) {}

    /** What becomes of documents that are not in the manifest. */
    enum ManifestMode {
        /** They run, and nothing is logged. */
        OFF,
        /** They run, and are counted and logged. */
        LOG,
        /** They are refused. */
        ENFORCE
    }
}
