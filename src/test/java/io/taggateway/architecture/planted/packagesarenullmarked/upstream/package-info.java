/** As it should be. */
@NullMarked
package io.taggateway.architecture.planted.packagesarenullmarked.upstream;

import org.jspecify.annotations.NullMarked;
