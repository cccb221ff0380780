/** Who may read and who may have what done over HTTP. */
@NullMarked
package io.freshet.api.access;

import org.jspecify.annotations.NullMarked;
