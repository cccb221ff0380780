package io.freshet.run;

import io.freshet.catalog.CatalogConfig;
import io.freshet.catalog.PrecisionConfig;
import io.freshet.ledger.LedgerConfig;
import io.freshet.mode.ModeConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;

/** Ends the start where a duration or a number makes no sense, in one line that names the setting. */
@ApplicationScoped
class SettingsCheck {

    /** The unit in which clients and timers count. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final CoalesceConfig coalesce;
    private final ChangesConfig changes;
    private final CatalogConfig catalog;
    private final PrecisionConfig precision;
    private final ModeConfig mode;
    private final LedgerConfig ledger;

    SettingsCheck(
            CoalesceConfig coalesce,
            ChangesConfig changes,
            CatalogConfig catalog,
            PrecisionConfig precision,
            ModeConfig mode,
            LedgerConfig ledger) {
        this.coalesce = coalesce;
        this.changes = changes;
        this.catalog = catalog;
        this.precision = precision;
        this.mode = mode;
        this.ledger = ledger;
    }

    /** @throws ConfigurationException where the settings make no sense */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        notNegative("freshet.coalesce.quiet", coalesce.quiet());
        notNegative("freshet.coalesce.max-wait", coalesce.maxWait());
        notNegative("freshet.changes.remember", changes.remember());
        notNegative("freshet.changes.give-up-after", changes.giveUpAfter());
        notNegative("freshet.catalog.ttl", catalog.ttl());
        atLeast(0, "freshet.catalog.size", catalog.size());
        notNegative("freshet.precision.read-within", precision.readWithin());
        positive("freshet.mode.connect-timeout", mode.connectTimeout());
        positive("freshet.mode.read-timeout", mode.readTimeout());
        positive("freshet.ledger.transaction-timeout", ledger.transactionTimeout());
        atLeast(1, "freshet.ledger.transaction-entries", ledger.transactionEntries());
    }

    static void positive(String name, Duration value) {
        check(value.compareTo(SHORTEST) >= 0, name + " is " + value + ": it must be greater than zero");
    }

    static void notNegative(String name, Duration value) {
        check(!value.isNegative(), name + " is " + value + ": it must not be negative");
    }

    static void atLeast(long least, String name, long value) {
        check(value >= least, name + " is " + value + ": it must be at least " + least);
    }

    static void check(boolean makesSense, String otherwise) {
        if (!makesSense) {
            throw new ConfigurationException(otherwise);
        }
    }
}
