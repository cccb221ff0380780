/** The other side of Mode's API, quirks included, over real HTTP: for tests and for development, never packaged. */
@NullMarked
package io.freshet.sandbox;

import org.jspecify.annotations.NullMarked;
