/** What operators see: log lines, metrics and traces; and what happens, for the API to show. */
@NullMarked
package io.freshet.telemetry;

import org.jspecify.annotations.NullMarked;
