package io.freshet.view;

import io.freshet.event.FactKey;
import io.freshet.event.Kind;
import io.freshet.event.ReportKey;
import io.freshet.event.Subject;
import io.freshet.event.WorkspaceFact;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a workspace, and which of its changes wait for a release. Plain Java, for one thread at a time. */
final class WorkspaceHolds {

    private final NavigableMap<String, WorkspaceFact> facts = new TreeMap<>();
    /** The data sources of changes that are open and in no batch. */
    private final Map<Long, String> dataSources = new HashMap<>();

    /** The data sources of batches that are open. */
    private final Map<Long, String> batches = new HashMap<>();

    private final Map<String, String> tokens = new HashMap<>();

    void known(WorkspaceFact fact) {
        facts.put(fact.key().name(), fact);
    }

    void unknown(String name) {
        facts.remove(name);
    }

    Collection<WorkspaceFact> facts() {
        return Collections.unmodifiableCollection(facts.values());
    }

    /** @param dataSource null where the change is of something else, or in a batch */
    void of(long digest, @Nullable String dataSource) {
        if (dataSource == null) {
            dataSources.remove(digest);
        } else {
            dataSources.put(digest, tokens.computeIfAbsent(dataSource, token -> token));
        }
    }

    /** @param dataSource empty where the batch is of something else, or open no longer */
    void ofBatch(long number, Optional<String> dataSource) {
        dataSource.ifPresentOrElse(
                one -> batches.put(number, tokens.computeIfAbsent(one, token -> token)), () -> batches.remove(number));
    }

    /** Whether a change waits to be planned. */
    boolean isHeld(long digest) {
        var dataSource = dataSources.get(digest);
        return isHeld(Subject.WORKSPACE) || (dataSource != null && isHeld(Subject.dataSource(dataSource)));
    }

    /**
     * Whether something of a batch waits to be posted.
     *
     * @param targets of each kind, packed, by token
     */
    boolean isHeld(long batch, Map<Kind, NavigableMap<String, byte[]>> targets) {
        if (isHeld(Subject.WORKSPACE) || facts.containsKey(FactKey.shadow("").name()) || isOfHeldSource(batch)) {
            return targets.values().stream()
                    .flatMap(known -> known.values().stream())
                    .anyMatch(packed -> waits(batch, packed));
        }
        return targets.entrySet().stream().anyMatch(known -> facts.values().stream()
                .map(fact -> fact.key().subject())
                .filter(subject -> isHeld(subject) && subject.equals(subject(known.getKey(), subject.token())))
                .anyMatch(subject -> waits(batch, known.getValue().get(subject.token()))));
    }

    private boolean isOfHeldSource(long batch) {
        var dataSource = batches.get(batch);
        return dataSource != null && isHeld(Subject.dataSource(dataSource));
    }

    private static Subject subject(Kind kind, String token) {
        return token.isEmpty() ? Subject.WORKSPACE : Subject.of(new ReportKey("", token, kind));
    }

    private boolean isHeld(Subject subject) {
        return facts.containsKey(FactKey.held("", subject).name());
    }

    private static boolean waits(long batch, byte @Nullable [] packed) {
        return packed != null
                && PackedTarget.stage(packed) == Stage.WAITING
                && PackedTarget.unpack(packed).batches().contains(batch);
    }
}
