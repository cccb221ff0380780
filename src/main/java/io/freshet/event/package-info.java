/** The wire: changes and refreshes in, refreshes and runs out, as records and as bytes; and what is no usable input. */
@NullMarked
package io.freshet.event;

import org.jspecify.annotations.NullMarked;
