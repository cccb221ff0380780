/** What operators see: the log's telemetry, metrics, traces, health, the page and its API. */
@NullMarked
package io.freshet.telemetry;

import org.jspecify.annotations.NullMarked;
