/** Says what it is, but not that it is null-marked. */
package io.taggateway.architecture.planted.packagesarenullmarked.api;
