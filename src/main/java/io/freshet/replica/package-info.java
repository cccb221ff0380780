/**
 * This replica among the others: whether the group counts it as a member, who owns a workspace and where that is, and whether
 * the topics are as they must be.
 */
@NullMarked
package io.freshet.replica;

import org.jspecify.annotations.NullMarked;
