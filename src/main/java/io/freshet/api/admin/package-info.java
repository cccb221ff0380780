/** What may be done over HTTP. */
@NullMarked
package io.freshet.api.admin;

import org.jspecify.annotations.NullMarked;
