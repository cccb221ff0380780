/** Mode's API: one interface of endpoints, tolerant records, one failure type with its kind, and the request budget. */
@NullMarked
package io.freshet.mode;

import org.jspecify.annotations.NullMarked;
