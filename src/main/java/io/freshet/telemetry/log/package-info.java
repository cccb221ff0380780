/** What every line of the log has in common, whatever it is about: fields, foreign words, and that it doesn't come too often. */
@NullMarked
package io.freshet.telemetry.log;

import org.jspecify.annotations.NullMarked;
