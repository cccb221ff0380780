package io.freshet.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the reports of a workspace are listed: in which Collection, and on which of its pages. It is learned from what
 * Mode shows in passing, since no listing that Freshet reads anyway tells it; and it is a guess, for reports come and go
 * and pages shift. Not for several threads.
 */
final class CollectionIndex {

    /** One page of the listing of a Collection. */
    record Page(String space, int number) {}

    private static final int NO_PAGE = 0;
    private static final int FIRST_PAGE = 1;
    private static final String NO_SPACE = "";
    /** How soon a Collection that was read from its first page on is read so again. */
    private static final Duration READ_AGAIN = Duration.ofMinutes(1);

    private static final class Shelf {
        final Instant openedAt;
        final boolean isReadAgain;
        /** Those of which Mode told, one by one, that they are here. */
        final Set<String> told = new HashSet<>();

        final Set<String> seen = new HashSet<>();
        int unread = FIRST_PAGE;
        boolean isRead;

        Shelf(Instant openedAt, boolean isReadAgain) {
            this.openedAt = openedAt;
            this.isReadAgain = isReadAgain;
        }
    }

    private final Map<String, Page> places = new HashMap<>();
    private final Map<String, Shelf> shelves = new HashMap<>();
    private int fruitless;
    /** Whether the Collection that was looked into last showed more of ours than was known. */
    private boolean isLookingWorthIt;

    /** On which page to look for the report. */
    Optional<Page> pageOf(String report) {
        return Optional.ofNullable(places.get(report)).filter(place -> place.number() != NO_PAGE);
    }

    /** Whether nothing is known of where the report is. */
    boolean isNew(String report) {
        return !places.containsKey(report);
    }

    /** The next page that may show the report, where its Collection is known and not read to the end. */
    Optional<Page> unread(String report) {
        return Optional.ofNullable(places.get(report))
                .filter(place -> place.number() == NO_PAGE)
                .flatMap(place -> unreadOf(place.space()));
    }

    /** The next pages of all Collections that are worth being read. */
    List<Page> unread() {
        return shelves.keySet().stream()
                .flatMap(space -> unreadOf(space).stream())
                .toList();
    }

    private Optional<Page> unreadOf(String space) {
        return Optional.ofNullable(shelves.get(space))
                .filter(this::isWorthReading)
                .map(shelf -> new Page(space, shelf.unread));
    }

    /**
     * To ask for a report instead of its run is free, but to read a page is not. Its Collection may hold no other of
     * ours, so that it takes two to make it likely; or one, where that has just proved enough.
     */
    private boolean isWorthReading(Shelf shelf) {
        var isBegun = shelf.unread > FIRST_PAGE;
        return !shelf.isRead && (isBegun || shelf.isReadAgain || isLookingWorthIt || shelf.told.size() > 1);
    }

    /**
     * So many reports should be waiting before a call is spent on a guess: ever more where pages were read in vain, and
     * more with each report that seems to be the only one of its Collection.
     */
    int worthAGuess() {
        var lonely = shelves.values().stream()
                .filter(shelf -> !shelf.isRead && !isWorthReading(shelf))
                .count();
        return Math.max(4 << Math.min(fruitless, 16), 4 + (int) lonely);
    }

    /** Mode says in which Collection the report is; or doesn't, and then it is not looked for again. */
    void told(String report, Optional<String> space, Instant now) {
        places.put(report, new Page(space.orElse(NO_SPACE), NO_PAGE));
        space.ifPresent(token -> shelves.computeIfAbsent(token, first -> new Shelf(now, false))
                .told
                .add(report));
    }

    /**
     * A page was read.
     *
     * @param shown those of its reports that are ours
     * @param expected those that should have been there
     */
    void shown(Page page, Collection<String> shown, Collection<String> expected, Instant now) {
        var shelf = shelves.computeIfAbsent(page.space(), first -> new Shelf(now, false));
        var unseen =
                shown.stream().filter(report -> !shelf.seen.contains(report)).toList();
        if (page.number() == shelf.unread && !shelf.isRead) {
            shelf.unread++;
            // Past the end there is nothing, or the same again; and a Collection may be large and hold few of ours.
            shelf.isRead = unseen.isEmpty();
            count(
                    page,
                    unseen.stream()
                                    .filter(report -> !shelf.told.contains(report))
                                    .count()
                            > 1);
            unseen.forEach(report -> places.put(report, page));
        } else {
            shown.forEach(report -> places.put(report, page));
        }
        shelf.seen.addAll(unseen);
        expected.stream().filter(report -> !shown.contains(report)).forEach(report -> lost(report, page, now));
    }

    private void count(Page page, boolean isWorthIt) {
        fruitless = isWorthIt ? 0 : fruitless + 1;
        if (page.number() == FIRST_PAGE) {
            isLookingWorthIt = isWorthIt;
        }
    }

    /** Mode doesn't show the page. */
    void unreadable(Page page, Collection<String> expected, Instant now) {
        shelves.computeIfAbsent(page.space(), first -> new Shelf(now, false)).isRead = true;
        fruitless++;
        expected.forEach(report -> lost(report, page, now));
    }

    private void lost(String report, Page page, Instant now) {
        places.put(report, new Page(page.space(), NO_PAGE));
        var shelf = Objects.requireNonNull(shelves.get(page.space()), page::space);
        shelf.seen.remove(report);
        if (shelf.isRead && !now.isBefore(shelf.openedAt.plus(READ_AGAIN))) {
            shelves.put(page.space(), new Shelf(now, true));
        }
    }
}
