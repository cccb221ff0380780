/** What a machine needs that has nothing but a JDK: a real broker in this process, the sandbox, changes to watch. */
@NullMarked
package io.freshet.dev;

import org.jspecify.annotations.NullMarked;
