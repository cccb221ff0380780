/** The two flows: changes become refreshes, and refreshes become runs that are followed to their end. */
@NullMarked
package io.freshet;

import org.jspecify.annotations.NullMarked;
