package io.freshet.state;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.RunEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What happened to one report, on the topics and in Mode; and which of the promises was broken on the way. */
final class History {

    /** A run that Mode has taken. */
    record Taken(String token, RefreshRequest request) {}

    private final Map<ChangeRef, SortedSet<String>> arrived = new LinkedHashMap<>();
    private final Set<ChangeRef> answered = new HashSet<>();
    private final List<Taken> taken = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<ChangeRefs> rejections = new ArrayList<>();
    private final Set<String> broken = new TreeSet<>();
    private @Nullable String open;

    /** The log ends with this: what a restart begins with. */
    private ReportState saved = ReportState.unknown();

    /** A refresh has been acknowledged. */
    void arrived(RefreshRequest request) {
        request.causes().listed().forEach(cause -> arrived.computeIfAbsent(cause, key -> new TreeSet<>())
                .addAll(request.datasetTokens()));
    }

    void saved(ReportState state) {
        saved = state;
    }

    ReportState lastSaved() {
        return saved;
    }

    /** A POST is about to leave. */
    void intended(RefreshRequest request) {
        var forgotten = new TreeSet<String>();
        arrived.keySet().stream()
                .filter(cause -> !answered.contains(cause))
                .filter(cause -> !request.causes().listed().contains(cause))
                .forEach(cause -> forgotten.add(cause.id()));
        if (!forgotten.isEmpty()) {
            broken.add("Coalesced: a POST leaves out " + forgotten);
        }
    }

    void taken(String token, RefreshRequest request) {
        taken.add(new Taken(token, request));
        answered.addAll(request.causes().listed());
    }

    void told(RunEvent event) {
        event.fold(
                accepted -> accepted(accepted.runToken()),
                finished -> finished(finished.runToken()),
                rejected -> rejections.add(rejected.changes()));
        event.fold(
                accepted -> true,
                finished -> true,
                rejected -> answered.addAll(rejected.changes().listed()));
    }

    private boolean accepted(String token) {
        if (open != null) {
            broken.add("Told: " + token + " accepted while " + open + " is open");
        }
        open = token;
        return told.add("accepted " + token);
    }

    private boolean finished(String token) {
        if (!Objects.equals(open, token)) {
            broken.add("Told: " + token + " finished, but open is " + open);
        }
        open = null;
        return told.add("finished " + token);
    }

    /** There is a run for it, or a rejection. */
    boolean isAnswered(ChangeRef cause) {
        return answered.contains(cause);
    }

    void neverRests() {
        broken.add("Covered: it never comes to rest");
    }

    /** Which promises were broken, when all has come to rest. */
    Set<String> broken() {
        var all = new TreeSet<>(broken);
        arrived.forEach((cause, datasets) -> {
            var runs = taken.stream()
                    .filter(run -> run.request().causes().listed().contains(cause))
                    .toList();
            var rejected = rejections.stream()
                    .filter(changes -> changes.listed().contains(cause))
                    .count();
            if (runs.size() + rejected > 1) {
                all.add("Once: " + cause.id() + " is answered by " + runs + " and " + rejected + " rejections");
            }
            if (rejected == 0
                    && runs.stream()
                            .noneMatch(run -> run.request().datasetTokens().containsAll(datasets))) {
                all.add("Covered: " + cause.id() + " has no run with " + datasets);
            }
        });
        var expected = new ArrayList<String>();
        taken.forEach(run -> expected.addAll(List.of("accepted " + run.token(), "finished " + run.token())));
        if (!told.equals(expected)) {
            all.add("Told: " + told + " instead of " + expected);
        }
        return all;
    }

    int runs() {
        return taken.size();
    }
}
