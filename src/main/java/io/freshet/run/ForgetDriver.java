package io.freshet.run;

import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.mode.OneShotTimer;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** Has the records of this replica's workspaces taken away that nobody needs any more, a few every minute. */
@ApplicationScoped
class ForgetDriver {

    private static final Logger LOG = Logger.getLogger(ForgetDriver.class);
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Duration remember;
    private final Clock clock;
    private final OneShotTimer timer;
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();

    ForgetDriver(
            Ledger ledger, ChangesConfig config, Clock clock, @Identifier("timer") ScheduledExecutorService timer) {
        this.ledger = ledger;
        this.remember = config.remember();
        this.clock = clock;
        this.timer = new OneShotTimer(clock, timer, this::forgetOld);
    }

    void restored(int partition) {
        owned.add(partition);
        timer.set(Optional.of(clock.instant().plus(BETWEEN)));
    }

    void left(Set<Integer> theirs) {
        owned.removeAll(theirs);
    }

    Set<Integer> owned() {
        return Set.copyOf(owned);
    }

    private void forgetOld() {
        var before = clock.instant().minus(remember);
        owned.forEach(partition -> ledger.enter(List.of(new LedgerEntry.Forget(partition, before)))
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf(failure, "old records stay for now")));
        if (!owned.isEmpty()) {
            timer.set(Optional.of(clock.instant().plus(BETWEEN)));
        }
    }
}
