package io.freshet.testing;

import java.util.List;
import java.util.function.Function;

/** The one list of what a history is held to, but for the request limit. */
final class Promises {

    /** Looked at for each report by itself. */
    static final List<Function<History, List<Broken>>> TO_REPORTS =
            List.of(Covered::broken, Once::broken, Told::broken, Outcomes::broken, LineageTold::broken, AtRest::broken);

    /** Looked at for each change, and for all the reports of its batch. */
    static final List<Function<History, List<Broken>>> TO_CHANGES = List.of(
            PlannedOnce::broken,
            PlannedChanges::broken,
            Carried::broken,
            DatasetsFirst::broken,
            SettledOnce::broken,
            SettledLast::broken,
            SettledTruly::broken,
            SettledInTime::broken,
            NamedBad::broken,
            Refused::broken,
            Fresh::broken);

    private Promises() {}

    static List<Broken> of(List<Function<History, List<Broken>>> promises, History history) {
        return promises.stream()
                .flatMap(promise -> promise.apply(history).stream())
                .toList();
    }
}
