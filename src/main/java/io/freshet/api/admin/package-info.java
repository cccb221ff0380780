/** What an admin may have done over HTTP, and who counts as one. */
@NullMarked
package io.freshet.api.admin;

import org.jspecify.annotations.NullMarked;
