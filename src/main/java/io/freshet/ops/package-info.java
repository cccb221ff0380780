/** What operators see: the log's story, metrics, traces, health, the page and its API. */
@NullMarked
package io.freshet.ops;

import org.jspecify.annotations.NullMarked;
