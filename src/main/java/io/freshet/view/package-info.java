/** What every replica knows of all workspaces, read from the topics and asked for over HTTP. */
@NullMarked
package io.freshet.view;

import org.jspecify.annotations.NullMarked;
