/** OpenLineage: its events, and which data source a namespace is. Plain Java, but for Jackson. */
@NullMarked
package io.freshet.lineage;

import org.jspecify.annotations.NullMarked;
