/** The memory: where every report of the owned partitions stands, restored on assignment, saved and told in one transaction. */
@NullMarked
package io.freshet.ledger;

import org.jspecify.annotations.NullMarked;
