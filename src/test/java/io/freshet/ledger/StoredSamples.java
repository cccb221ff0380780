package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangeDigests;
import io.freshet.event.ChangeJson;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.DataFreshness;
import io.freshet.event.FactKey;
import io.freshet.event.Kind;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.RecordPlace;
import io.freshet.event.RunCounts;
import io.freshet.event.Settlement;
import io.freshet.event.StoredForm;
import io.freshet.event.Subject;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.event.WorkspaceFact;
import io.freshet.event.WorkspaceFactJson;
import io.freshet.lineage.Job;
import io.freshet.lineage.LineageJson;
import io.freshet.lineage.LineageRun;
import io.freshet.lineage.Output;
import io.freshet.lineage.Outputs;
import io.freshet.lineage.Runs;
import io.freshet.lineage.TableName;
import io.freshet.state.AffectedDatasets;
import io.freshet.state.Attempts;
import io.freshet.state.Awaiting;
import io.freshet.state.OpenBatch;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportOutcome;
import io.freshet.state.ReportState;
import io.freshet.state.RequestLimit;
import io.freshet.state.Running;
import io.freshet.state.Settled;
import io.freshet.state.Unshown;
import io.freshet.state.Waiting;
import io.freshet.tables.DatasetSql;
import io.freshet.tables.SqlTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, as it was written by every version of the form: files of {@code src/test/resources/stored}, and what each
 * of them says. A file is never changed: another form is another version, with files of its own.
 */
final class StoredSamples {

    static final Path FILES = Path.of("src", "test", "resources", "stored");

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Traces TRACES = Traces.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final BatchKey BATCH = new BatchKey("acme", 12);
    private static final ChangeRefs CHANGES = ChangeRefs.of(
            new ChangeRef("/etl", "load-1", NOON, "nightly", "5a1d"),
            new ChangeRef("/etl", "load-2", NOON, null, "5a1d"));
    private static final ChangeRefs LOADED_AGAIN =
            ChangeRefs.of(new ChangeRef("/etl", "load-3", NOON, "backfill")).in(TRACES);
    private static final RefreshRequest REQUEST =
            new RefreshRequest(new TreeSet<>(List.of("d1", "d2")), CHANGES.inBatch(12), NOON);
    private static final RefreshRequest BACKFILL = new RefreshRequest(
            new TreeSet<>(List.of("d3")), LOADED_AGAIN.inBatch(13), NOON, Optional.of(Duration.ofSeconds(9)), true);
    private static final RefreshRequest OF_BOTH = BACKFILL.and(REQUEST);
    private static final ReportHistory HISTORY = new ReportHistory(
            new TreeMap<>(Map.of(
                    10L, new ReportOutcome(Outcome.REJECTED, NOON, null, "report_not_found"),
                    11L, new ReportOutcome(Outcome.TIMED_OUT, NOON.plusSeconds(1), "run0", null))),
            Outcome.TIMED_OUT,
            "run0",
            "/api/acme_api",
            Duration.ofMillis(61_500));
    private static final ReportHistory REFUSED_TO_RUN = new ReportHistory(
            Collections.emptySortedMap(), Outcome.REJECTED, null, null, null, Collections.emptySortedMap(), NOON, null);
    private static final FactKey HELD = FactKey.held("acme", Subject.report("r1"));
    private static final FactKey ALL_HELD = FactKey.held("acme", Subject.WORKSPACE);
    private static final FactKey LEARNT = FactKey.learnt("acme", Subject.dataSource("5a1d"));
    private static final FactKey QUARANTINED =
            FactKey.quarantined("acme", "acme/reports/r1").orElseThrow();
    private static final NotSucceeded UNKNOWN =
            new NotSucceeded("d9", "dataset", "left_out", "dataset_not_found", null);

    private static final NotSucceeded REFUSED =
            new NotSucceeded("5a1d", "data_source", "refused", "data_source_not_found", null);
    private static final List<Change> BATCHED = List.of(
            change("load-1", new Target.DataSource("5a1d"), null, Traces.none()),
            change("load-2", new Target.DataSource("5a1d"), null, Traces.none()));
    private static final SortedSet<String> DATASETS =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of("d1", "d2")));
    private static final ChangeDigests MEMBERS = ChangeDigests.of(BATCHED);

    /** What is stored of a dataset has the form of a report's. */
    record OfDataset(ReportState state) {}

    /** @param batch as it was when it was open */
    record SettledBatch(OpenBatch batch, Settlement settlement) {}

    /** What is read back of it: no more than what is needed to know its changes again. */
    record Remembered(long number, long settledAt, List<Long> digests) {
        static Remembered of(RememberedBatch batch) {
            return new Remembered(
                    batch.number(),
                    batch.settledAt(),
                    Arrays.stream(batch.digests()).boxed().toList());
        }
    }

    private StoredSamples() {}

    private static OpenBatch refused() {
        return OpenBatch.refused(
                BATCH,
                new Target.DataSource("5a1d"),
                CHANGES.inBatch(12),
                MEMBERS,
                ChangeDigests.ofPlaces(BATCHED),
                REFUSED,
                NOON);
    }

    private static OpenBatch open(Target target, ChangeRefs changes, List<NotSucceeded> notFound) {
        return OpenBatch.planned(BATCH, target, changes.inBatch(12), MEMBERS, 21, 3, notFound, NOON);
    }

    /** What each file says. */
    static Map<String, Object> all() {
        var all = new TreeMap<String, Object>();
        all.put("v1/report-settled.json", new Settled(HISTORY, NOON));
        all.put("v1/report-settled-new.json", new Settled(ReportHistory.EMPTY, NOON));
        all.put("v1/report-waiting.json", new Waiting(BACKFILL, NOON, Attempts.NONE, HISTORY));
        all.put("v1/report-waiting-for-two.json", new Waiting(OF_BOTH, NOON, Attempts.NONE, ReportHistory.EMPTY));
        all.put(
                "v1/report-posting.json",
                new Posting(REQUEST, Optional.empty(), NOON, NOON, Optional.empty(), NOON, Attempts.NONE, HISTORY));
        all.put(
                "v1/report-posting-unanswered.json",
                new Posting(
                        REQUEST,
                        Optional.of(BACKFILL),
                        NOON,
                        NOON.minusSeconds(2),
                        Optional.of(NOON.plusSeconds(30)),
                        NOON.plusSeconds(31),
                        new Attempts(2, NOON.minusSeconds(90)),
                        HISTORY));
        all.put("v1/report-running.json", running(Optional.empty(), false, Optional.empty(), Optional.empty()));
        all.put(
                "v1/report-running-adopted.json",
                running(Optional.of(BACKFILL), true, Optional.of(NOON), Optional.of(NOON.plusSeconds(60))));
        all.put("v1/change-of-a-data-source.json", change(new Target.DataSource("5a1d"), "nightly", TRACES));
        all.put("v1/change-of-a-space.json", change(new Target.Space("50ace"), null, Traces.none()));
        all.put(
                "v1/change-of-datasets.json",
                change(new Target.Datasets(new TreeSet<>(List.of("d1", "d2"))), null, Traces.none()));
        all.put(
                "v1/change-of-a-report.json",
                change(new Target.Report("r1", new TreeSet<>(List.of("d1"))), null, Traces.none()));
        all.put(
                "v1/change-of-a-report-whole.json",
                change(new Target.Report("r1", Collections.emptySortedSet()), null, Traces.none()));
        all.put("v1/batch-open.json", open(new Target.DataSource("5a1d"), CHANGES, List.of(UNKNOWN)));
        all.put("v1/batch-open-in-traces.json", open(new Target.Space("50ace"), LOADED_AGAIN, List.of()));
        all.put(
                "v1/batch-open-of-datasets.json",
                open(new Target.Datasets(new TreeSet<>(List.of("d1", "d9"))), CHANGES, List.of(UNKNOWN)));
        all.put(
                "v1/batch-open-of-a-report.json",
                open(new Target.Report("r1", new TreeSet<>(List.of("d1"))), CHANGES, List.of()));
        all.put("v1/batch-open-refused.json", refused());
        all.put("v1/batch-settled.json", settled(DataFreshness.UNKNOWN));
        all.put(
                "v1/batch-settled-refused.json",
                new SettledBatch(
                        refused(),
                        new Settlement(
                                ChangeOutcome.REFUSED,
                                RunCounts.leftOut(0),
                                List.of(REFUSED),
                                Optional.empty(),
                                DataFreshness.UNKNOWN,
                                NOON.plusSeconds(1))));
        all.put("v1/limit-calling.json", new RequestLimit.Calling());
        all.put(
                "v1/limit-handed-over.json",
                new RequestLimit.HandedOver(
                        List.of(Duration.ofMillis(9_500), Duration.ofMillis(20)), Duration.ofSeconds(30)));
        all.put("v1/limit-handed-over-unused.json", new RequestLimit.HandedOver(List.of(), Duration.ZERO));
        all.put("v1/layout.json", 16);
        List.copyOf(all.keySet()).forEach(file -> all.put(file.replace("v1/", "v2/"), all.get(file)));
        all.put(
                "v2/batch-open-of-known-datasets.json",
                open(new Target.DataSource("5a1d"), CHANGES, List.of(UNKNOWN))
                        .affecting(new AffectedDatasets(DATASETS, new TreeSet<>(List.of("d2")), Optional.of(NOON))));
        all.put(
                "v2/batch-open-proved.json",
                open(new Target.DataSource("5a1d"), CHANGES, List.of(UNKNOWN))
                        .affecting(new AffectedDatasets(DATASETS, Collections.emptySortedSet(), Optional.empty()))
                        .proved(DataFreshness.STALE));
        all.put("v2/batch-settled-fresh.json", settled(DataFreshness.FRESH));
        all.put("v2/change-of-tables.json", ofTables("\"Core\".\"Größe\"", "core.orders"));
        all.put("v2/fact-held.json", new WorkspaceFact(HELD, "month end", Optional.of("ops"), NOON));
        all.put("v2/fact-held-whole.json", new WorkspaceFact(ALL_HELD, "incident 7", Optional.of("ops"), NOON));
        all.put("v2/fact-learnt.json", new WorkspaceFact(LEARNT, "dataset d1 is older", Optional.empty(), NOON));
        all.put("v2/fact-quarantined.json", new WorkspaceFact(QUARANTINED, "it is broken", Optional.empty(), NOON));
        all.put(
                "v2/fact-shadow.json",
                new WorkspaceFact(FactKey.shadow("acme"), "runs=shadow", Optional.empty(), NOON));
        all.put(
                "v2/unshown.json",
                Unshown.NOTHING
                        .planned(
                                new Unshown.Part(
                                        17,
                                        DATASETS,
                                        new TreeSet<>(List.of("board")),
                                        new ChangeRef("/etl", "load-1", NOON, "nightly", "5a1d")),
                                batch -> true)
                        .breached(
                                "board",
                                new Unshown.Breach(
                                        new ChangeRef("/etl", "load-1", NOON, "nightly", "5a1d"),
                                        Duration.ofMinutes(15),
                                        NOON.plusSeconds(900))));
        all.put(
                "v2/tables-of-a-dataset.json",
                sql(new SqlTables(
                        "from\norders core shop.core\nselect\n",
                        "events raw\n",
                        Set.of("paid", "open"),
                        Optional.empty())));
        all.put("v2/tables-of-a-dataset-dynamic.json", sql(SqlTables.unreadable()));
        all.put(
                "v2/lineage-ended.json",
                new LineageRun(
                        Runs.JOB,
                        Runs.tables("postgres://db:5432", "shop.public.orders", "shop.public.items"),
                        Optional.of(NOON),
                        false,
                        NOON.plusSeconds(1),
                        Runs.PLACE));
        all.put(
                "v2/lineage-matched.json",
                new LineageRun(
                        Runs.JOB,
                        Runs.tables("postgres://db:5432", "shop.public.orders"),
                        Optional.empty(),
                        true,
                        NOON.plusSeconds(2),
                        Runs.PLACE));
        all.put(
                "v2/lineage-open.json",
                new LineageRun(
                        new Job("", "load", Optional.empty()),
                        new Outputs(Set.of(new Output(List.of(
                                new TableName("unity-catalog", "main.shop.orders"),
                                new TableName("s3://lake", "shop/orders"))))),
                        Optional.empty(),
                        false,
                        NOON,
                        Runs.PLACE));
        all.put(
                "v2/report-settled-named.json",
                new Settled(ReportHistory.EMPTY, NOON).named(Optional.of("Sales, daily")));
        all.put("v2/report-settled-awaiting.json", new Settled(awaiting(REQUEST, BACKFILL), NOON));
        all.put(
                "v2/report-running-awaiting.json",
                running(Optional.empty(), false, Optional.empty(), Optional.empty())
                        .with(awaiting(BACKFILL)));
        all.put("v2/dataset-waiting.json", new OfDataset(new Waiting(BACKFILL, NOON, Attempts.NONE, HISTORY)));
        all.put("v2/dataset-settled-refused.json", new OfDataset(new Settled(REFUSED_TO_RUN, NOON)));
        return all;
    }

    /** Each waits for the first of its datasets. */
    private static ReportHistory awaiting(RefreshRequest... requests) {
        var awaiting = new TreeMap<Long, Awaiting>();
        Arrays.stream(requests)
                .map(request -> new Awaiting(
                        request, new TreeSet<>(List.of(request.datasetTokens().first()))))
                .forEach(part -> awaiting.put(part.batch(), part));
        return new ReportHistory(
                HISTORY.outcomes(),
                HISTORY.lastOutcome(),
                HISTORY.lastRun(),
                HISTORY.executedBy(),
                HISTORY.runtime(),
                awaiting,
                null,
                null);
    }

    private static SettledBatch settled(DataFreshness data) {
        return new SettledBatch(
                open(new Target.DataSource("5a1d"), CHANGES, List.of(UNKNOWN)),
                new Settlement(
                        ChangeOutcome.PARTLY,
                        new RunCounts(1, 2, 3, 4, 5, 6),
                        List.of(UNKNOWN, new NotSucceeded("r2", "report", "failed", "run_failed", "run2")),
                        Optional.of(NOON.plusSeconds(61)),
                        data,
                        NOON.plusSeconds(62)));
    }

    private static Running running(
            Optional<RefreshRequest> next,
            boolean adopted,
            Optional<Instant> missingSince,
            Optional<Instant> listedSince) {
        return new Running(
                REQUEST,
                next,
                "run1",
                NOON,
                adopted,
                "enqueued",
                NOON.plusSeconds(2),
                Duration.ofMillis(2_250),
                missingSince,
                listedSince,
                HISTORY);
    }

    private static Change change(Target target, @Nullable String reason, Traces traces) {
        return change("load-1", target, reason, traces);
    }

    private static Change change(String id, Target target, @Nullable String reason, Traces traces) {
        return new Change(
                "acme",
                target,
                new ChangeRef(
                        "/etl",
                        id,
                        Instant.parse("2026-03-01T05:00:00.000000001Z"),
                        reason,
                        target.dataSource().orElse(null)),
                traces,
                new RecordPlace("upstream-data-changed", 3, 42, Instant.parse("2026-03-01T06:00:00.123Z")));
    }

    private static DatasetSql sql(SqlTables tables) {
        return new DatasetSql("5a1d", NOON, 1, tables);
    }

    private static Change ofTables(String... names) {
        var whole = change(new Target.DataSource("5a1d"), null, Traces.none());
        var tables = new TreeSet<>(List.of(names));
        return new Change("acme", whole.target(), tables, whole.ref(), whole.traces(), whole.place());
    }

    /** What a file says to who reads it. */
    static Object reading(String file) {
        return meaning(file) instanceof SettledBatch settled
                ? Remembered.of(RememberedBatch.of(settled.batch(), settled.settlement()))
                : meaning(file);
    }

    static Object meaning(String file) {
        return Objects.requireNonNull(all().get(file), file);
    }

    /** Those of the form that is written today. */
    static Map<String, Object> today() {
        var today = all();
        today.keySet().removeIf(file -> !file.startsWith("v" + StoredForm.VERSION + "/"));
        return today;
    }

    /** What a file holds: {@code report}, {@code dataset}, {@code change}, {@code batch}, {@code fact} and so on. */
    static String kind(String file) {
        return file.replaceAll(".*/|[-.].*", "");
    }

    /** Of the batches that the samples of reports carry; of others the changes are not of interest. */
    private static ChangeRefs causes(SortedSet<Long> batches) {
        return batches.stream()
                .map(batch -> batch == 13 ? LOADED_AGAIN.inBatch(13) : CHANGES.inBatch(batch))
                .reduce(ChangeRefs::and)
                .orElseThrow();
    }

    static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(FILES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] write(Object stored) {
        if (stored instanceof ReportState state) {
            return ReportStateJson.write(Kind.REPORT, state);
        }
        if (stored instanceof OfDataset dataset) {
            return ReportStateJson.write(Kind.DATASET, dataset.state());
        }
        if (stored instanceof OpenBatch batch) {
            return BatchJson.write(batch);
        }
        if (stored instanceof SettledBatch settled) {
            return BatchJson.write(settled.batch(), settled.settlement());
        }
        if (stored instanceof Change change) {
            return ChangeJson.write(change);
        }
        if (stored instanceof WorkspaceFact fact) {
            return WorkspaceFactJson.write(fact);
        }
        if (stored instanceof LineageRun run) {
            return LineageJson.write(run);
        }
        if (stored instanceof Unshown unshown) {
            return UnshownJson.write(unshown);
        }
        if (stored instanceof DatasetSql sql) {
            return DatasetSqlJson.write(sql);
        }
        return stored instanceof RequestLimit limit
                ? RequestLimitJson.write(limit)
                : StateLayout.write((Integer) stored);
    }

    /** As the key of its record says it. */
    private static FactKey factKey(byte[] bytes) throws IOException {
        var json = StoredForm.read(bytes);
        return FactKey.parse("acme", json.text("what") + ":" + json.text("subject"))
                .orElseThrow();
    }

    static Object read(String kind, byte[] bytes) throws IOException {
        return switch (kind) {
            case "report" -> ReportStateJson.read(bytes, StoredSamples::causes);
            case "dataset" -> new OfDataset(ReportStateJson.read(bytes, StoredSamples::causes));
            case "batch" -> {
                var read = new ArrayList<Object>();
                BatchJson.read(BATCH, bytes, read::add, settled -> read.add(Remembered.of(settled)));
                yield read.get(0);
            }
            case "fact" -> WorkspaceFactJson.read(factKey(bytes), bytes);
            case "change" -> ChangeJson.read(bytes);
            case "unshown" -> UnshownJson.read(bytes);
            case "tables" -> DatasetSqlJson.read(bytes);
            case "lineage" -> LineageJson.read(bytes);
            case "limit" -> RequestLimitJson.read(bytes);
            case "layout" -> StateLayout.read(bytes);
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
