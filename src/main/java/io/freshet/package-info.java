/** Starts and stops Freshet, and wires what no room of its own can. */
@NullMarked
package io.freshet;

import org.jspecify.annotations.NullMarked;
