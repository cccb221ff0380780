package io.freshet.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a flood: a target of which far more changes come in than usually do, as where somebody loads years of data again
 * without saying so. What is usual is the mean of the minutes before, the recent ones counting most; a target that is
 * new has nothing usual, and no flood. Not for several threads.
 */
final class SurgeDetector {

    private static final int FEWEST = 100;
    private static final int TIMES = 20;
    /** How many minutes must be known, and how far back the mean looks. */
    private static final int MINUTES = 10;

    private static final int TARGETS = 10_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final class Level {
        Instant minute;
        int inMinute;
        int minutes;
        double usual;

        Level(Instant now) {
            this.minute = now;
        }

        void passTo(Instant now) {
            var passed = Duration.between(minute, now).toMinutes();
            if (passed > 0) {
                // A flood becomes usual only slowly; what a new target sends, at once.
                var counted = minutes < MINUTES ? inMinute : Math.min(inMinute, 2 * Math.max(1, usual));
                usual += (counted - usual) / MINUTES;
                usual *= Math.pow(1 - 1.0 / MINUTES, passed - 1.0); // the minutes in which nothing came
                inMinute = 0;
                minutes = (int) Math.min(MINUTES, minutes + passed);
                minute = minute.plus(MINUTE.multipliedBy(passed));
            }
        }
    }

    private final Map<Group, Level> levels = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Group, Level> eldest) {
            return size() > TARGETS;
        }
    };

    /** Counts so many more changes in. */
    boolean isFlood(Group group, int changes, Instant now) {
        var level = levels.computeIfAbsent(group, missing -> new Level(now));
        level.passTo(now);
        level.inMinute += changes;
        return level.minutes >= MINUTES
                && level.inMinute >= FEWEST
                && level.inMinute > TIMES * Math.max(1, level.usual);
    }
}
