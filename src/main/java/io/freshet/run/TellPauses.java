package io.freshet.run;

import io.freshet.event.FactKey;
import io.freshet.event.Subject;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.OneShotTimer;
import io.freshet.mode.Trouble;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** Has it told when Mode's trouble pauses the calls of a workspace that this replica owns, and when they go on. */
@ApplicationScoped
class TellPauses {

    private static final Logger LOG = Logger.getLogger(TellPauses.class);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final Modes modes;
    private final Ledger ledger;
    private final WorkspaceFacts facts;
    private final Clock clock;
    private final OneShotTimer timer;
    private final Map<String, Pause> pauses = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    TellPauses(
            Modes modes,
            Ledger ledger,
            WorkspaceFacts facts,
            Clock clock,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.modes = modes;
        this.ledger = ledger;
        this.facts = facts;
        this.clock = clock;
        this.timer = new OneShotTimer(clock, timer, this::look);
    }

    synchronized void owned(Mode mode) {
        pauses.put(mode.account(), Pause.since(mode.limit().goodAnswers()));
        timer.set(Optional.of(clock.instant().plus(BETWEEN)));
    }

    synchronized void left(Mode mode) {
        pauses.remove(mode.account());
    }

    private synchronized void look() {
        pauses.replaceAll((account, pause) -> look(modes.find(account).orElseThrow(), pause));
        timer.set(Optional.of(clock.instant().plus(BETWEEN)).filter(next -> !pauses.isEmpty()));
    }

    private Pause look(Mode mode, Pause pause) {
        var key = FactKey.paused(mode.account(), Subject.WORKSPACE);
        var trouble = mode.troubleOfCalls();
        pause.news(
                        trouble.isPresent(),
                        mode.limit().goodAnswers(),
                        facts.find(key).isPresent())
                .map(news -> switch (news) {
                    case PAUSED -> new LedgerEntry.FactAdded(key, why(trouble), Optional.empty());
                    case RESUMED -> new LedgerEntry.FactTakenBack(key, "Mode answers again", Optional.empty());
                })
                .ifPresent(entry -> enter(mode.account(), entry));
        return pause.looked(trouble.isPresent());
    }

    /** Mode's own words are in the log. */
    private static String why(Optional<Trouble> trouble) {
        return "Mode is in trouble, or refuses the credential: "
                + trouble.map(Trouble::inShort).orElse("");
    }

    /** One at a time: while Kafka is away they would pile up. */
    private void enter(String account, LedgerEntry entry) {
        if (underWay.add(account)) {
            ledger.enter(List.of(entry))
                    .onTermination()
                    .invoke(() -> ended(account))
                    .subscribe()
                    .with(done -> {}, failure -> LOG.warnf(failure, "account=%s its pause can't be told now", account));
        }
    }

    private synchronized void ended(String account) {
        underWay.remove(account);
    }
}
