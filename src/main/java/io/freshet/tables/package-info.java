/** Which tables a dataset's SQL mentions: plain Java, no parser, no clock and no I/O. */
@NullMarked
package io.freshet.tables;

import org.jspecify.annotations.NullMarked;
