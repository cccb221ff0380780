package io.freshet.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the reports of a workspace are listed: in which Collection, and on which of its pages. Mode tells the Collection
 * when it is asked for a report; the pages are found by reading them from the first one on. What is known may be out of
 * date, because reports come and go and pages shift. Not for several threads.
 */
final class CollectionIndex {

    /** One page of the listing of a Collection. */
    record Page(String space, int number) {}

    private static final int FIRST_PAGE = 1;
    private static final int SEVERAL = 2;
    /** A Collection is read from its first page at most this often. */
    private static final Duration READ_AGAIN = Duration.ofMinutes(1);

    /** How far a Collection has been read. */
    private static final class Reading {
        final Instant notBefore;
        final Set<String> seen = new HashSet<>();
        /** Those that are in the Collection, and on no page that was read. */
        final Set<String> unplaced = new HashSet<>();

        int next = FIRST_PAGE;
        /** How many more of ours the next page may show, going by the last one. */
        int expected;

        boolean isOver;

        Reading(Instant notBefore) {
            this.notBefore = notBefore;
        }
    }

    /** The Collection of a report, if Mode told it; an empty one if Mode tells none. */
    private final Map<String, Optional<String>> spaces = new HashMap<>();

    private final Map<String, Page> pages = new HashMap<>();
    private final Map<String, Reading> readings = new HashMap<>();
    /** Collections of which the next page is likely to show several of ours. */
    private final Set<String> shared = new LinkedHashSet<>();

    /** Whether Mode needs not be asked in which Collection the report is. */
    boolean isLocated(String report) {
        return spaces.containsKey(report);
    }

    /** The page on which the report was last. */
    Optional<Page> pageOf(String report) {
        return Optional.ofNullable(pages.get(report));
    }

    /** The page that shows the report, or the next one that may show it; empty if no page is worth a look. */
    Optional<Page> pageToRead(String report, Instant now) {
        return pageOf(report)
                .or(() -> spaces.getOrDefault(report, Optional.empty()).flatMap(space -> nextOf(space, now)));
    }

    /** Pages that were not read yet and are likely to show several of ours, also such of which nothing is known. */
    Stream<Page> sharedPages(Instant now) {
        return shared.stream().flatMap(space -> nextOf(space, now).stream());
    }

    private Optional<Page> nextOf(String space, Instant now) {
        return Optional.ofNullable(readings.get(space))
                .filter(reading -> !reading.isOver && !now.isBefore(reading.notBefore))
                .map(reading -> new Page(space, reading.next));
    }

    /** Mode tells the Collection of the report; or it tells none, and then the report is asked for no more. */
    void locate(String report, Optional<String> space, Instant now) {
        pages.remove(report);
        spaces.put(report, space);
        space.ifPresent(token -> {
            reading(token, now).unplaced.add(report);
            recount(token);
        });
    }

    /**
     * A page was read.
     *
     * @param isFull whether it shows so many reports that another page is likely
     * @param shown those of its reports that are ours
     * @param asked those for whose runs it was read
     */
    void read(Page page, boolean isFull, Collection<String> shown, Collection<String> asked, Instant now) {
        var reading = reading(page.space(), now);
        var unseen =
                shown.stream().filter(report -> !reading.seen.contains(report)).toList();
        if (page.number() == reading.next && !reading.isOver) {
            reading.next++;
            // Past the end there is nothing, or the same again; and a Collection may be large and hold few of ours.
            reading.isOver = unseen.isEmpty();
            reading.expected = isFull ? unseen.size() : 0;
            unseen.forEach(report -> place(report, page));
        } else {
            shown.forEach(report -> place(report, page));
        }
        reading.seen.addAll(unseen);
        reading.unplaced.removeAll(shown);
        var missing = asked.stream().filter(report -> !shown.contains(report)).toList();
        missing.forEach(report -> forget(report, page));
        missing.forEach(reading.seen::remove);
        if (reading.isOver && missing.stream().anyMatch(report -> !isLocated(report))) {
            readAgain(page.space(), reading, now);
        }
        recount(page.space());
    }

    /** Mode doesn't show the page. The Collection is not read on for a while. */
    void refuse(Page page, Collection<String> asked, Instant now) {
        readings.put(page.space(), new Reading(now.plus(READ_AGAIN)));
        asked.forEach(report -> forget(report, page));
        recount(page.space());
    }

    private Reading reading(String space, Instant now) {
        return readings.computeIfAbsent(space, first -> new Reading(now));
    }

    private void recount(String space) {
        var isShared = Optional.ofNullable(readings.get(space))
                .filter(reading -> !reading.isOver)
                .filter(reading -> Math.max(reading.unplaced.size(), reading.expected) >= SEVERAL)
                .isPresent();
        if (isShared) {
            shared.add(space);
        } else {
            shared.remove(space);
        }
    }

    private void place(String report, Page page) {
        spaces.put(report, Optional.of(page.space()));
        pages.put(report, page);
    }

    /** It isn't where it was expected, so it may be in another Collection by now. */
    private void forget(String report, Page page) {
        if (pages.remove(report, page)) {
            spaces.remove(report);
        }
    }

    private void readAgain(String space, Reading last, Instant now) {
        if (!now.isBefore(last.notBefore.plus(READ_AGAIN))) {
            readings.put(space, new Reading(now));
        }
    }
}
