package io.taggateway.access.documents;

/** The gateway does not start, as its list of trusted documents is no good. */
final class InvalidManifestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private InvalidManifestException(String file, String cause) {
        super("The manifest of trusted documents, GATEWAY_DOCUMENTS_MANIFEST=" + file + ", " + cause);
    }

    static InvalidManifestException unreadable(String file) {
        return new InvalidManifestException(file, "cannot be read: is there such a file, and may the gateway read it?");
    }

    static InvalidManifestException noManifest(String file, String cause) {
        return new InvalidManifestException(file, "is none: " + cause);
    }

    static InvalidManifestException badEntry(String file, String id, String cause) {
        return new InvalidManifestException(file, "has a document that cannot be used, " + id + ": " + cause);
    }
}
