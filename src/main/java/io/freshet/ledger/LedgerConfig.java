package io.freshet.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the memory is kept. */
@ConfigMapping(prefix = "freshet.ledger")
public interface LedgerConfig {

    /** Each replica appends a random part, so that replicas never fence each other. ACLs grant this prefix. */
    @WithDefault("freshet-")
    String transactionalIdPrefix();

    /** After a crash, the partitions' new owner waits this long for the transaction that was left open. */
    @WithDefault("10s")
    Duration transactionTimeout();

    /** How many entries one transaction takes at most. */
    @WithDefault("1000")
    int transactionEntries();
}
