package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.refresh.Standing;
import io.freshet.refresh.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the reports of the owned partitions stand, as committed; and what a batch of entries would make of it.
 * Plain Java, for one thread.
 */
final class Book {

    private static final class Chapter {
        final Map<ReportKey, Standing> standings;
        long position;

        Chapter(Map<ReportKey, Standing> standings, long position) {
            this.standings = new HashMap<>(standings);
            this.position = position;
        }
    }

    private final Map<Integer, Chapter> chapters = new HashMap<>();
    private final Map<ReportKey, Integer> partitions = new HashMap<>();

    /** A partition was restored. */
    void open(int partition, Map<ReportKey, Standing> standings, long position) {
        close(partition);
        chapters.put(partition, new Chapter(standings, position));
        standings.keySet().forEach(report -> partitions.put(report, partition));
    }

    /** A partition was taken away. */
    void close(int partition) {
        var chapter = chapters.remove(partition);
        if (chapter != null) {
            partitions.keySet().removeAll(chapter.standings.keySet());
        }
    }

    /** The partition of a report that has a standing. */
    int partitionOf(ReportKey report) {
        return Objects.requireNonNull(partitions.get(report), report::key);
    }

    boolean has(int partition) {
        return chapters.containsKey(partition);
    }

    /** Works the entries out, each upon those before it. Nothing changes until the page is {@linkplain #keep kept}. */
    Page write(List<Entry> entries) {
        var page = new Page();
        for (var entry : entries) {
            page.results().add(write(entry, page));
        }
        // Every transaction that touches a partition also commits its position: that is what ties it to the
        // generation of the consumer group, and so refuses a replica that has lost the partition (KIP-447).
        page.durable().forEach(place -> page.positions()
                .computeIfAbsent(place.partition(), partition -> chapter(partition).position));
        return page;
    }

    private Optional<Standing> write(Entry entry, Page page) {
        if (entry instanceof Entry.Moved moved) {
            return Optional.ofNullable(partitions.get(moved.report())).flatMap(partition -> moved.step()
                    .apply(current(partition, moved.report(), page))
                    .map(step -> note(partition, moved.report(), step, page)));
        }
        var arrived = (Entry.Arrived) entry;
        var chapter = chapters.get(arrived.partition());
        var expected =
                chapter == null ? Long.MAX_VALUE : page.positions().getOrDefault(arrived.partition(), chapter.position);
        if (arrived.offset() < expected) {
            return Optional.empty(); // read twice, or of a partition that has gone
        }
        page.positions().put(arrived.partition(), arrived.offset() + 1);
        if (arrived instanceof Entry.PassedOn passedOn) {
            page.passedOn().add(passedOn.record());
            return Optional.empty();
        }
        return absorb((Entry.Wished) arrived, page);
    }

    private Optional<Standing> absorb(Entry.Wished wished, Page page) {
        var before = current(wished.partition(), wished.report(), page);
        var after = before.absorb(wished.wish());
        if (after != before) {
            page.standings().put(wished.report(), after);
            page.durable().add(new Page.Place(wished.partition(), wished.report()));
        }
        return wished.atOnce()
                .flatMap(step -> after.ifWaiting().map(step))
                .map(step -> note(wished.partition(), wished.report(), step, page))
                .or(() -> Optional.of(after));
    }

    private static Standing note(int partition, ReportKey report, Transition step, Page page) {
        page.standings().put(report, step.to());
        if (step.durable()) {
            page.durable().add(new Page.Place(partition, report));
        }
        step.told().ifPresent(page.told()::add);
        return step.to();
    }

    private Standing current(int partition, ReportKey report, Page page) {
        var noted = page.standings().get(report);
        if (noted != null) {
            return noted;
        }
        return Optional.ofNullable(chapters.get(partition))
                .map(chapter -> chapter.standings.get(report))
                .orElseGet(Standing::unknown);
    }

    /** The page was committed: this is how things stand now. */
    void keep(Page page) {
        page.positions().forEach((partition, position) -> chapter(partition).position = position);
        page.durable().forEach(place -> partitions.putIfAbsent(place.report(), place.partition()));
        page.standings()
                .forEach((report, standing) ->
                        chapter(partitionOf(report)).standings.put(report, standing));
    }

    private Chapter chapter(int partition) {
        return Objects.requireNonNull(chapters.get(partition), () -> "partition " + partition + " is not open");
    }
}
