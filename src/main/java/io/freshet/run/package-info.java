/** The owner of a workspace at work: plans changes, posts runs, finds lost ones, follows them to their end. */
@NullMarked
package io.freshet.run;

import org.jspecify.annotations.NullMarked;
