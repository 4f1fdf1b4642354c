/** Use cases that assign tags to calls and contacts. */
@NullMarked
package io.taggateway.tagging.assignment;

import org.jspecify.annotations.NullMarked;
