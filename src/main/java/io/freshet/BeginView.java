package io.freshet;

import io.freshet.ledger.Ledger;
import io.freshet.replica.Membership;
import io.freshet.view.ViewReader;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has the view begun once this replica has joined the owners and read back what is its own: the start waits for neither. */
@ApplicationScoped
class BeginView {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Membership membership;
    private final Ledger ledger;
    private final ViewReader reader;
    private final ScheduledExecutorService timer;

    BeginView(
            Membership membership,
            Ledger ledger,
            ViewReader reader,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.membership = membership;
        this.ledger = ledger;
        this.reader = reader;
        this.timer = timer;
    }

    void onceReady() {
        if (membership.isSure() && ledger.restoring().partitions().isEmpty()) {
            reader.begin();
        } else {
            var ignored = timer.schedule(this::onceReady, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
