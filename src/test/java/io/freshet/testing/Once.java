package io.freshet.testing;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.SandboxRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/** No request has two POSTs that Mode took, and no report or dataset has two runs at once. */
final class Once {

    private Once() {}

    static List<Broken> broken(History history) {
        var broken = new ArrayList<Broken>();
        sameChange(history, broken);
        moreThanTold(history, broken);
        twoAtOnce(history, broken);
        return broken;
    }

    private static void sameChange(History history, List<Broken> broken) {
        var runByCause = new HashMap<String, String>();
        for (var event : history.accepted()) {
            for (var change : event.changes()) {
                var before = runByCause.put(event.report() + " " + change, event.run());
                if (before != null) {
                    broken.add(Broken.forGood("once: runs %s and %s of report %s are both for change %s"
                            .formatted(before, event.run(), event.report(), change)));
                }
            }
        }
    }

    private static void moreThanTold(History history, List<Broken> broken) {
        var told = history.accepted().stream().collect(Collectors.groupingBy(Event::report, Collectors.counting()));
        history.posts().stream()
                .filter(CallLog.Call::tookEffect)
                .collect(Collectors.groupingBy(
                        post -> post.report().or(post::dataset).orElseThrow(), Collectors.counting()))
                .forEach((report, taken) -> {
                    if (taken > told.getOrDefault(report, 0L)) {
                        broken.add(Broken.soFar("once: Mode took %d POSTs for report %s, and %d are told of"
                                .formatted(taken, report, told.getOrDefault(report, 0L))));
                    }
                });
    }

    private static void twoAtOnce(History history, List<Broken> broken) {
        history.runs().stream()
                .collect(Collectors.groupingBy(SandboxRun::report))
                .forEach((report, runs) -> {
                    var inOrder = runs.stream()
                            .sorted(Comparator.comparing(SandboxRun::createdAt))
                            .toList();
                    for (var n = 1; n < inOrder.size(); n++) {
                        var created = inOrder.get(n).createdAt();
                        if (inOrder.get(n - 1)
                                .completedAt()
                                .filter(created::isBefore)
                                .isPresent()) {
                            broken.add(Broken.forGood("once: run %s of report %s was posted while run %s was open"
                                    .formatted(
                                            inOrder.get(n).token(),
                                            report,
                                            inOrder.get(n - 1).token())));
                        }
                    }
                });
    }
}
