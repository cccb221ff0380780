package io.freshet.packaged;

import io.freshet.sandbox.Fault;
import io.freshet.sandbox.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All ways in which an answer can be bad and Mode be well again: a third of the calls is struck by one of them, whichever is
 * drawn. None of them says for good that something isn't there, but for a POST that had no effect.
 */
final class BadAnswers {

    /** Of so many calls one is struck. */
    private static final int OF = 3;

    private final Random random;
    private int drawn;

    private BadAnswers(Random random) {
        this.random = random;
    }

    static List<Fault> order(Faults faults, Random random) {
        var bad = all(faults);
        var draw = new BadAnswers(random);
        return IntStream.range(0, bad.size())
                .mapToObj(n -> bad.get(n).apply(request -> draw.isFor(n, OF * bad.size())))
                .toList();
    }

    /** The first is asked for each call, and draws. */
    private boolean isFor(int number, int of) {
        if (number == 0) {
            drawn = random.nextInt(of);
        }
        return drawn == number;
    }

    private static List<Function<Predicate<Faults.Request>, Fault>> all(Faults faults) {
        var all = new ArrayList<Function<Predicate<Faults.Request>, Fault>>();
        for (var status : List.of(401, 408, 429, 500, 501, 502, 503, 504, 520, 599)) {
            all.add(which -> faults.alwaysStatus(status, which));
        }
        for (var status : List.of(200, 302, 429, 502)) {
            all.add(which -> faults.page(Integer.MAX_VALUE, status, which));
        }
        for (var status : List.of(500, 504)) {
            all.add(which -> faults.statusAfter(Integer.MAX_VALUE, status, which));
        }
        for (var status : List.of(400, 403, 404, 422)) {
            all.add(which -> faults.alwaysStatus(
                    status, which.and(request -> request.method().equals("POST"))));
        }
        Stream.of(Faults.Kind.values())
                .filter(kind -> kind != Faults.Kind.STATUS && kind != Faults.Kind.STATUS_AFTER)
                .forEach(kind -> all.add(which -> faults.always(kind, which)));
        return all;
    }
}
