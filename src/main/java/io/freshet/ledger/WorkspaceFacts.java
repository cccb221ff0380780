package io.freshet.ledger;

import io.freshet.event.BatchEvent;
import io.freshet.event.ChangePlanned;
import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.Subject;
import io.freshet.event.Target;
import io.freshet.event.WorkspaceFact;
import io.freshet.state.ReportState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of this replica's workspaces, as it is committed, for whoever asks. */
@ApplicationScoped
public class WorkspaceFacts {

    private final Map<FactKey, WorkspaceFact> facts = new ConcurrentHashMap<>();
    private final BatchHolds batches = new BatchHolds();

    /** All that is known of these workspaces is this. */
    public void restored(Predicate<String> accounts, RestoredPartition restored) {
        left(accounts);
        restored.facts().forEach(fact -> facts.put(fact.key(), fact));
        restored.batches().forEach((key, batch) -> batches.planned(key, batch.target()));
    }

    /** A batch is planned, or is told as settled. */
    public void told(BatchEvent event) {
        if (event instanceof ChangePlanned planned) {
            batches.planned(planned.batch(), planned.target());
        } else {
            batches.settled(event.batch());
        }
    }

    /** @param fact empty if it has been taken back */
    public void changed(FactKey key, Optional<WorkspaceFact> fact) {
        fact.ifPresentOrElse(known -> facts.put(key, known), () -> facts.remove(key));
    }

    public void left(Predicate<String> accounts) {
        facts.keySet().removeIf(key -> accounts.test(key.account()));
        batches.left(accounts);
    }

    public Optional<WorkspaceFact> find(FactKey key) {
        return Optional.ofNullable(facts.get(key));
    }

    /** Whether the datasets of the subject are to run first. */
    public boolean isLearnt(String account, Subject subject) {
        return facts.containsKey(FactKey.learnt(account, subject));
    }

    /** Tokens of the data sources whose datasets are to run first. */
    public Set<String> learntSources(String account) {
        return facts.keySet().stream()
                .filter(key -> key.account().equals(account)
                        && key.kind() == FactKey.Kind.LEARNT
                        && key.subject().kind() == Subject.Kind.DATA_SOURCE)
                .map(key -> key.subject().token())
                .collect(Collectors.toSet());
    }

    public boolean isHeld(String account, Subject subject) {
        return facts.containsKey(FactKey.held(account, subject));
    }

    /** Whether the changes of this target wait: their data source is held. */
    public boolean isHeld(String account, Target target) {
        return FactKey.holdOf(account, target).flatMap(this::find).isPresent();
    }

    /** Whether nothing may be posted for what stands there: see {@link #holdOf}. */
    public boolean isHeld(ReportKey report, ReportState state) {
        return holdOf(report, state).isPresent();
    }

    /**
     * Why nothing may be posted for the report, if so: {@link FactKey#holdsOf}, or a data source is held whose changes are behind
     * what waits.
     */
    public Optional<WorkspaceFact> holdOf(ReportKey report, ReportState state) {
        return Stream.concat(FactKey.holdsOf(report), batches.holdsOf(report.account(), state))
                .flatMap(key -> find(key).stream())
                .findFirst();
    }
}
