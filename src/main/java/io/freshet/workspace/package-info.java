/** Which Mode workspaces there are, and how to reach each: settings and credentials. */
@NullMarked
package io.freshet.workspace;

import org.jspecify.annotations.NullMarked;
