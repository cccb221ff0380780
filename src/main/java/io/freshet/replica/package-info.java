/** This replica among the others: whether the group counts it as a member, and whether the topics are as they must be. */
@NullMarked
package io.freshet.replica;

import org.jspecify.annotations.NullMarked;
