package io.freshet.testing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is said of the broken promises of a scene that many tests share: each that is for good, or was waited for in
 * vain, fails one test at once, and not all the tests after it.
 */
final class Verdict {

    private final Set<String> said = new HashSet<>();
    private List<String> last = List.of();

    /**
     * Those that may heal.
     *
     * @throws IllegalStateException where some can't, which is no failed assertion that would be tried again
     */
    synchronized List<String> on(List<Broken> broken) {
        var unsaid = broken.stream().filter(one -> !said.contains(one.what())).toList();
        last = unsaid.stream().map(Broken::what).toList();
        var forGood =
                unsaid.stream().filter(Broken::isForGood).map(Broken::what).toList();
        if (!forGood.isEmpty()) {
            said.addAll(forGood);
            throw new IllegalStateException("broken for good: " + String.join("; ", forGood));
        }
        return last;
    }

    /** Those that were found last have been waited for long enough. */
    synchronized void giveUp() {
        said.addAll(last);
    }
}
