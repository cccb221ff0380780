/** Where a report stands, which answers lead on from there, and what to do next: plain Java, no clock and no I/O. */
@NullMarked
package io.freshet.state;

import org.jspecify.annotations.NullMarked;
