package io.freshet.refresh;

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
final class Shelves {

    /** One page of the listing of a Collection. */
    record Page(String space, int number) {}

    private static final int NO_PAGE = 0;
    private static final String NO_SPACE = "";
    /** How soon a Collection that was read from its first page on is read so again. */
    private static final Duration READ_AGAIN = Duration.ofMinutes(1);

    private static final class Shelf {
        final Instant openedAt;
        final Set<String> seen = new HashSet<>();
        int unread = 1;
        boolean isRead;

        Shelf(Instant openedAt) {
            this.openedAt = openedAt;
        }
    }

    private final Map<String, Page> places = new HashMap<>();
    private final Map<String, Shelf> shelves = new HashMap<>();
    private int fruitless;

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

    /** The next pages of all Collections that are being read. */
    List<Page> unread() {
        return shelves.keySet().stream()
                .flatMap(space -> unreadOf(space).stream())
                .toList();
    }

    private Optional<Page> unreadOf(String space) {
        return Optional.ofNullable(shelves.get(space))
                .filter(shelf -> !shelf.isRead)
                .map(shelf -> new Page(space, shelf.unread));
    }

    /** So many reports should be waiting before a call is spent on a guess: ever more where guesses were in vain. */
    int worthAGuess() {
        return 4 << Math.min(fruitless, 16);
    }

    /** Mode says in which Collection the report is; or doesn't, and then it is not looked for again. */
    void told(String report, Optional<String> space, Instant now) {
        places.put(report, new Page(space.orElse(NO_SPACE), NO_PAGE));
        space.ifPresent(token -> shelves.computeIfAbsent(token, first -> new Shelf(now)));
    }

    /**
     * A page was read.
     *
     * @param shown those of its reports that are ours
     * @param expected those that should have been there
     */
    void shown(Page page, Collection<String> shown, Collection<String> expected, Instant now) {
        var shelf = shelves.computeIfAbsent(page.space(), first -> new Shelf(now));
        var unseen =
                shown.stream().filter(report -> !shelf.seen.contains(report)).toList();
        if (page.number() == shelf.unread && !shelf.isRead) {
            shelf.unread++;
            // Past the end there is nothing, or the same again; and a Collection may be large and hold few of ours.
            shelf.isRead = unseen.isEmpty();
            fruitless = unseen.size() > 1 ? 0 : fruitless + 1;
            unseen.forEach(report -> places.put(report, page));
        } else {
            shown.forEach(report -> places.put(report, page));
        }
        shelf.seen.addAll(unseen);
        expected.stream().filter(report -> !shown.contains(report)).forEach(report -> lost(report, page, now));
    }

    /** Mode doesn't show the page. */
    void unreadable(Page page, Collection<String> expected, Instant now) {
        shelves.computeIfAbsent(page.space(), first -> new Shelf(now)).isRead = true;
        fruitless++;
        expected.forEach(report -> lost(report, page, now));
    }

    private void lost(String report, Page page, Instant now) {
        places.put(report, new Page(page.space(), NO_PAGE));
        var shelf = Objects.requireNonNull(shelves.get(page.space()), page::space);
        shelf.seen.remove(report);
        if (shelf.isRead && !now.isBefore(shelf.openedAt.plus(READ_AGAIN))) {
            shelves.put(page.space(), new Shelf(now));
        }
    }
}
