/** From the public topics to the inbox of the workspace's owner, or to the dead letters. */
@NullMarked
package io.freshet.intake;

import org.jspecify.annotations.NullMarked;
