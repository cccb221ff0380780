package io.freshet.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Every call that arrived, refused ones too, in the order they came. */
public final class CallLog {

    private static final Pattern RUNS = Pattern.compile("/(reports|datasets)/[^/]+/runs(\\?.*)?");

    private static final Pattern DATASET = Pattern.compile("/datasets/([^/?]+).*");

    /**
     * @param at when it arrived
     * @param path with the query, without {@code /api/{account}}
     * @param report the token, where the path is about a report
     * @param datasetTokens what a POST of a run names
     * @param status 0 where the connection was cut, or no answer came
     * @param tookEffect whether it changed anything: a run was made, a dataset changed or deleted
     */
    public record Call(
            Instant at,
            String method,
            String path,
            Optional<String> report,
            Set<String> datasetTokens,
            int status,
            boolean tookEffect) {

        public Call {
            datasetTokens = Set.copyOf(datasetTokens);
        }

        /** The token, where the path is about a dataset. */
        public Optional<String> dataset() {
            var matcher = DATASET.matcher(path);
            return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        /** Whether it asks for a run, of a report or a dataset. */
        public boolean isPost() {
            return method.equals("POST") && RUNS.matcher(path).matches();
        }
    }

    private final List<Call> calls = new ArrayList<>();

    synchronized void add(Call call) {
        calls.add(call);
    }

    public synchronized List<Call> all() {
        return List.copyOf(calls);
    }

    /** Those that ask for a run. */
    public List<Call> posts() {
        return all().stream().filter(Call::isPost).toList();
    }

    public List<Call> posts(String report) {
        return posts().stream()
                .filter(call -> call.report().filter(report::equals).isPresent())
                .toList();
    }

    public List<Call> postsOfDataset(String dataset) {
        return posts().stream()
                .filter(call -> call.dataset().filter(dataset::equals).isPresent())
                .toList();
    }

    public long count(Predicate<Call> which) {
        return all().stream().filter(which).count();
    }

    /** The largest number of calls that arrived within one period, wherever it begins. */
    public int mostInAnyWindow(Duration period) {
        return mostInAnyWindow(all(), period);
    }

    public static int mostInAnyWindow(List<Call> calls, Duration period) {
        return busiestWindow(calls, period).size();
    }

    /** The largest number of calls that arrived within one period, in the order they came. */
    public static List<Call> busiestWindow(List<Call> calls, Duration period) {
        var inOrder = calls.stream().sorted(Comparator.comparing(Call::at)).toList();
        List<Call> busiest = List.of();
        var first = 0;
        for (var last = 0; last < inOrder.size(); last++) {
            while (!inOrder.get(first)
                    .at()
                    .plus(period)
                    .isAfter(inOrder.get(last).at())) {
                first++;
            }
            if (last - first >= busiest.size()) {
                busiest = inOrder.subList(first, last + 1);
            }
        }
        return List.copyOf(busiest);
    }

    public synchronized void clear() {
        calls.clear();
    }
}
