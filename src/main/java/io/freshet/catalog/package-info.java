/** What exists in a workspace: which datasets a data source, a space or a list of tokens means, and who uses them. */
@NullMarked
package io.freshet.catalog;

import org.jspecify.annotations.NullMarked;
