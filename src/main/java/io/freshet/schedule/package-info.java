/** What is due next, and how to ask after many runs with few calls. Plain Java: no clock, no I/O. */
@NullMarked
package io.freshet.schedule;

import org.jspecify.annotations.NullMarked;
