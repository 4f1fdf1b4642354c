package io.taggateway.access.documents;

import graphql.execution.preparsed.PreparsedDocumentEntry;

/**
 * A document of the manifest.
 *
 * @param id what clients ask for it by
 * @param entry the document, parsed and valid
 */
record TrustedDocument(String id, PreparsedDocumentEntry entry) {}
