/** What is added to a line of the log on its way to the console; it knows nothing of what it is about. */
@NullMarked
package io.freshet.telemetry.log;

import org.jspecify.annotations.NullMarked;
