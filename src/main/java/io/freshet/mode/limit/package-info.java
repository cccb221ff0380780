/** When a workspace may be called: the request limit, the lanes that share it, and the circuit breaker. Plain Java. */
@NullMarked
package io.freshet.mode.limit;

import org.jspecify.annotations.NullMarked;
