package io.freshet.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every change ends, for each report that it affects, in a run that was posted after it, or in a rejection; or the plan
 * leaves the report out, or all of its datasets that are affected. A dataset that was run first and failed need not be named.
 */
final class Covered {

    /** Why a dataset isn't run by itself, though its reports are. */
    private static final Set<String> STILL_SHOWN = Set.of("already_fresh", "run_refused");

    private final Map<String, List<Event>> answersByReport = new HashMap<>();
    private final Map<String, Instant> createdByRun = new HashMap<>();
    private final Map<String, Set<String>> batchesByChange = new HashMap<>();
    /** Batches that leave a report or a dataset out, by its token. */
    private final Map<String, Set<String>> batchesWithout = new HashMap<>();

    /** Batches for which a dataset was run first, and not well, by its token. */
    private final Map<String, Set<String>> batchesFailed = new HashMap<>();

    private final List<Broken> broken = new ArrayList<>();

    private Covered(History history) {
        Stream.concat(history.accepted().stream(), history.rejected().stream()).forEach(answer -> answersByReport
                .computeIfAbsent(answer.report(), first -> new ArrayList<>())
                .add(answer));
        history.runs().forEach(run -> createdByRun.put(run.token(), run.createdAt()));
        history.events().settled().forEach(settled -> batchesOf(settled.change(), batchesByChange)
                .addAll(settled.batches()));
        history.events().planned().forEach(plan -> plan.all("left_out").stream()
                .filter(one -> !STILL_SHOWN.contains(one.path("reason").asText()))
                .forEach(one ->
                        batchesOf(one.path("token").asText(), batchesWithout).addAll(plan.batches())));
        history.finished().stream()
                .filter(end -> end.isOfDataset() && !Counts.outcome(end).equals("succeeded"))
                .forEach(end -> batchesOf(end.report(), batchesFailed).addAll(end.batches()));
    }

    private static Set<String> batchesOf(String key, Map<String, Set<String>> batches) {
        return batches.computeIfAbsent(key, first -> new HashSet<>());
    }

    static List<Broken> broken(History history) {
        var covered = new Covered(history);
        earliest(history.changes()).forEach(covered::change);
        return covered.broken;
    }

    /** What is sent again is the same change, which was known before. */
    private static Collection<History.Change> earliest(List<History.Change> changes) {
        var byIdentity = new LinkedHashMap<String, History.Change>();
        changes.stream()
                .sorted(Comparator.comparing(History.Change::knownAt))
                .forEach(change -> byIdentity.putIfAbsent(change.identity(), change));
        return byIdentity.values();
    }

    private void change(History.Change change) {
        change.datasetsByReport().forEach((report, datasets) -> {
            var due = datasets.stream()
                    .filter(dataset -> !isLeftOut(dataset, change.identity()))
                    .collect(Collectors.toSet());
            if (isLeftOut(report, change.identity()) || (due.isEmpty() && !datasets.isEmpty())) {
                return;
            }
            due.removeIf(dataset -> hasFailed(dataset, change.identity()));
            var answers = answers(report, change.identity(), due);
            if (answers.isEmpty()) {
                missing(change.identity(), report);
            } else if (answers.stream().noneMatch(answer -> isNotBefore(change, answer))) {
                broken.add(Broken.soFar("covered: the run of report %s for change %s was posted before that was known"
                        .formatted(report, change.identity())));
            }
        });
    }

    private boolean isNotBefore(History.Change change, Event answer) {
        var created = createdByRun.get(answer.run());
        return created == null || !created.isBefore(change.knownAt());
    }

    private List<Event> answers(String report, String change, Set<String> datasets) {
        return answersByReport.getOrDefault(report, List.of()).stream()
                .filter(answer -> names(answer, change) && answer.datasets().containsAll(datasets))
                .toList();
    }

    private boolean hasFailed(String dataset, String change) {
        return !Collections.disjoint(
                batchesFailed.getOrDefault(dataset, Set.of()), batchesByChange.getOrDefault(change, Set.of()));
    }

    private boolean isLeftOut(String token, String change) {
        return !Collections.disjoint(
                batchesWithout.getOrDefault(token, Set.of()), batchesByChange.getOrDefault(change, Set.of()));
    }

    /** An event lists 20 changes at most; past that its batches lead to them, once they are settled. */
    private boolean names(Event answer, String change) {
        var batches = batchesByChange.getOrDefault(change, Set.of());
        return answer.changes().contains(change)
                || (answer.changesCount() > 20
                        && (batches.isEmpty() || !Collections.disjoint(answer.batches(), batches)));
    }

    private void missing(String change, String report) {
        broken.add(Broken.soFar(
                "covered: change %s of report %s has neither a run nor a rejection".formatted(change, report)));
    }
}
