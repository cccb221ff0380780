package io.freshet.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a sequence that fails shorter, so that what is left shows why. */
final class Shortening {

    private Shortening() {}

    /** Leaves out ever smaller parts, as long as it still fails without them. */
    static <A> List<A> of(List<A> failing, Predicate<List<A>> fails) {
        var shortest = failing;
        for (var part = failing.size() / 2; part > 0; part /= 2) {
            for (var from = 0; from + part <= shortest.size(); ) {
                var without = new ArrayList<>(shortest.subList(0, from));
                without.addAll(shortest.subList(from + part, shortest.size()));
                if (fails.test(without)) {
                    shortest = without;
                } else {
                    from += part;
                }
            }
        }
        return shortest;
    }
}
