package io.freshet.mode;

import static io.freshet.mode.Caller.failure;
import static io.freshet.mode.Caller.post;
import static io.freshet.mode.Caller.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.mode.ModeConfig.DatasetTokens;
import io.freshet.mode.limit.Lane;
import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.LastPage;
import io.freshet.sandbox.SampleWorkspace;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxRun;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
class ModeTest {

    private static final String SPACE = "65db0a599de7";
    private static final String ORDERS = "dbdff5177298";
    private static final String ORDER_LINES = "bbdfc751aed6";
    private static final String DAILY_SALES = "001d63d3bebb";

    @SuppressWarnings("NullAway.Init")
    private Sandbox sandbox;

    @SuppressWarnings("NullAway.Init")
    private Mode mode;

    @BeforeEach
    void start() {
        sandbox = Caller.startSandbox();
        mode = Caller.of(sandbox).mode();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldListAllDatasetsOfADataSource(boolean repeatsRows) {
        sandbox.workspace().repeatRows(repeatsRows);
        var tokens =
                IntStream.range(0, 65).mapToObj(number -> "dataset" + number).toList();
        tokens.forEach(token -> sandbox.workspace().addDataset(token, "many", SampleWorkspace.SUPPORT, SPACE));

        var datasets = success(mode.datasetsOfDataSource(SampleWorkspace.SUPPORT));

        assertThat(datasets)
                .extracting(Dataset::token)
                .contains("be7b7e3e0a9d", "56716ea09a2f")
                .containsAll(tokens)
                .hasSize(67);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindTheEndOfEveryListingWhateverItsForm(LastPage form) {
        sandbox.workspace().endListingsWith(List.of(form));
        sandbox.workspace().addDataset("unused", "unused", SampleWorkspace.SUPPORT, SPACE);

        assertThat(success(mode.datasetsOfDataSource(SampleWorkspace.SUPPORT))).hasSize(3);
        assertThat(success(mode.datasetsOfSpace(SPACE))).hasSize(5);
        assertThat(success(mode.reportsOfDataset(ORDERS))).hasSize(11);
        assertThat(success(mode.reportsOfDataset("unused"))).isEmpty();
        var past = ask(permit -> mode.reportsOfSpace(permit, SPACE, 2));
        if (form == LastPage.NOT_FOUND) { // of one page nobody can tell
            assertThat(failure(past).kind()).isEqualTo(Answer.Kind.NOT_FOUND);
        } else {
            assertThat(success(past)).isEmpty();
        }
        assertThat(runs(Instant.EPOCH)).isEmpty();
    }

    @Test
    void shouldListTheDatasetsOfASpace() {
        var datasets = success(mode.datasetsOfSpace(SPACE));

        assertThat(datasets)
                .extracting(Dataset::name)
                .containsExactlyInAnyOrder("Orders", "Order lines", "Customers", "Stock by warehouse");
    }

    @Test
    void shouldListAllReportsOfADataset() {
        IntStream.range(0, 65)
                .forEach(number -> sandbox.workspace().addReport("report" + number, "many", SPACE, ORDERS));

        var reports = success(mode.reportsOfDataset(ORDERS));

        assertThat(reports).hasSize(65 + 11).contains(new Report(DAILY_SALES, "Daily sales", false));
    }

    @Test
    void shouldLoseNoReportOfAListingThatMovesWhileItIsRead() {
        mode = Caller.of(sandbox).withLimit(40, Duration.ofHours(1)).mode();
        useUpHalfOfTheLimit(); // so that it asks for one page after the other
        IntStream.range(0, 33)
                .forEach(number -> sandbox.workspace().addReport("report" + number, "many", SPACE, ORDERS));
        sandbox.workspace().afterPage(1, () -> sandbox.workspace().moveReportToEnd(DAILY_SALES));

        var reports = success(mode.reportsOfDataset(ORDERS));

        assertThat(reports)
                .extracting(Report::token)
                .containsExactlyInAnyOrderElementsOf(sandbox.workspace().reportsOfDataset(ORDERS))
                .hasSize(44);
        assertThat(sandbox.calls().all())
                .extracting(call -> call.path().replaceFirst(".*page=", ""))
                .containsExactly("1", "2", "3", "1", "1", "2", "3", "1");
    }

    /** Before it is known that the first is the end. */
    @Test
    void shouldAskForTwoPagesAtOnceWhileTheLimitIsFree() {
        mode = Caller.of(sandbox).withLimit(40, Duration.ofHours(1)).mode();
        sandbox.workspace().addDataset("unused", "unused", SampleWorkspace.SUPPORT, SPACE);

        assertThat(success(mode.reportsOfDataset("unused"))).isEmpty();

        assertThat(sandbox.calls().all())
                .extracting(CallLog.Call::path)
                .containsExactlyInAnyOrder("/datasets/unused/reports?page=1", "/datasets/unused/reports?page=2");
    }

    /** Where the first page is empty, the second would be for nothing. */
    @Test
    void shouldAskForOnePageAfterTheOtherWhereHalfOfTheLimitIsUsedUp() {
        mode = Caller.of(sandbox).withLimit(40, Duration.ofHours(1)).mode();
        sandbox.workspace().addDataset("unused", "unused", SampleWorkspace.SUPPORT, SPACE);
        useUpHalfOfTheLimit();

        assertThat(success(mode.reportsOfDataset("unused"))).isEmpty();

        assertThat(sandbox.calls().all())
                .extracting(CallLog.Call::path)
                .containsExactly("/datasets/unused/reports?page=1");
    }

    private void useUpHalfOfTheLimit() {
        for (var n = 0; n < 21; n++) {
            assertThat(mode.permit(Lane.POST, Instant.EPOCH).await().atMost(Duration.ofSeconds(5)))
                    .isNotNull();
        }
    }

    @Test
    void shouldReadADataset() {
        var dataset = success(mode.dataset(ORDERS));

        assertThat(dataset.token()).isEqualTo(ORDERS);
        assertThat(dataset.name()).isEqualTo("Orders");
    }

    @Test
    void shouldChangeOfADatasetWhatIsGiven() {
        var update = new DatasetUpdate(Optional.of("All orders"), Optional.empty(), Optional.empty());

        var dataset = success(mode.updateDataset(ORDERS, update));

        assertThat(dataset.name()).isEqualTo("All orders");
        assertThat(success(mode.dataset(ORDERS)).name()).isEqualTo("All orders");
        assertThat(success(mode.datasetsOfSpace(SPACE)))
                .extracting(Dataset::token)
                .contains(ORDERS);
        assertThat(sandbox.calls().count(call -> call.method().equals("PATCH") && call.tookEffect()))
                .isOne();
    }

    @Test
    void shouldMoveADatasetToAnotherSpace() {
        var update = new DatasetUpdate(Optional.empty(), Optional.of("moved"), Optional.of("fb54fcb456d4"));

        success(mode.updateDataset(ORDERS, update));

        assertThat(success(mode.datasetsOfSpace("fb54fcb456d4")))
                .extracting(Dataset::name)
                .contains("Orders");
    }

    @Test
    void shouldDeleteADataset() {
        assertThat(success(mode.deleteDataset(ORDERS))).isEqualTo(ORDERS);

        assertThat(failure(mode.dataset(ORDERS)))
                .hasToString("kind=not_found status=404 message=\"dataset not found\"");
        assertThat(sandbox.calls().count(call -> call.method().equals("DELETE")))
                .isOne();
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefreshDatasetsInAReport(DatasetTokens form) {
        mode = Caller.of(sandbox).withDatasetTokens(form).mode();

        var run = success(post(mode, DAILY_SALES, ORDERS, ORDER_LINES));

        assertThat(run.state()).isEqualTo("enqueued");
        assertThat(sandbox.workspace().runs(DAILY_SALES)).singleElement().satisfies(made -> {
            assertThat(made.token()).isEqualTo(run.token());
            assertThat(made.datasetTokens()).isEqualTo(Set.of(ORDERS, ORDER_LINES));
        });
    }

    @Test
    void shouldRunADatasetByItself() {
        var run = success(ask(permit -> mode.postDatasetRun(permit, ORDERS, Instant.MAX)));

        assertThat(run.state()).isEqualTo("enqueued");
        assertThat(run.pythonState()).isEqualTo("none");
        assertThat(sandbox.workspace().runs(ORDERS))
                .extracting(SandboxRun::token)
                .containsExactly(run.token());
        assertThat(sandbox.calls().all()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/datasets/" + ORDERS + "/runs");
            assertThat(call.datasetTokens()).isEmpty();
        });
        assertThat(mode.executor()).hasValueSatisfying(href -> assertThat(href).endsWith(Sandbox.API_USER));
    }

    @Test
    void shouldNotRunADatasetTooLate() {
        var late = failure(
                ask(permit -> mode.postDatasetRun(permit, ORDERS, Instant.now().minusSeconds(1))));

        assertThat(late.kind()).isEqualTo(Answer.Kind.NOT_SENT);
        assertThat(sandbox.workspace().runs(ORDERS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, FORBIDDEN", "404, NOT_FOUND", "405, REFUSED"})
    void shouldTellThatModeRefusesToRunADataset(int status, Answer.Kind kind) {
        sandbox.workspace().datasetRuns().refuse(ORDERS, status);

        var refused = failure(ask(permit -> mode.postDatasetRun(permit, ORDERS, Instant.MAX)));

        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused.status()).isEqualTo(status);
    }

    @Test
    void shouldAskAfterARunOfADatasetAsOfAReport() {
        var posted = success(ask(permit -> mode.postDatasetRun(permit, ORDERS, Instant.MAX)));

        var run = success(ask(permit -> mode.run(permit, ORDERS, posted.token())));

        assertThat(run.token()).isEqualTo(posted.token());
        assertThat(run.createdAt()).isEqualTo(posted.createdAt());
    }

    @Test
    void shouldListTheRunsOfADatasetTheNewestFirst() {
        var made = IntStream.range(0, 45)
                .mapToObj(number ->
                        sandbox.workspace().datasetRuns().runByHand(ORDERS).token())
                .toList();

        var all = success(ask(permit -> mode.datasetRuns(permit, ORDERS, Instant.EPOCH)));
        var page = success(
                ask(permit -> mode.datasetRuns(permit, ORDERS, Instant.now().plusSeconds(60))));

        assertThat(all).extracting(ReportRun::token).containsExactlyInAnyOrderElementsOf(made);
        assertThat(all.get(0).token()).isEqualTo(made.get(44));
        assertThat(page).hasSize(20);
    }

    @Test
    void shouldReadWhyARunFailed() {
        sandbox.runClock().takes(DAILY_SALES, Duration.ZERO, Duration.ZERO);
        sandbox.runClock().endsAs(DAILY_SALES, "failed");
        sandbox.workspace().datasetRuns().failsWith(DAILY_SALES, "SqlUnknownFunction", "ERROR: no function\n\tdiff()");
        var run = sandbox.workspace().runByHand(DAILY_SALES, "ann");

        var queries = success(ask(permit -> mode.queryRuns(permit, DAILY_SALES, run.token())));

        assertThat(QueryRun.firstFailed(queries))
                .contains(new QueryRun(
                        "failed", Optional.of("SqlUnknownFunction"), Optional.of("ERROR: no function diff()")));
        assertThat(failure(ask(permit -> mode.queryRuns(permit, DAILY_SALES, "gone")))
                        .kind())
                .isEqualTo(Answer.Kind.NOT_FOUND);
    }

    @Test
    void shouldReadWhenADatasetWasLastRun() {
        sandbox.runClock().takes(ORDERS, Duration.ZERO, Duration.ZERO);
        var run = sandbox.workspace().datasetRuns().runByHand(ORDERS);
        assertThat(success(mode.dataset(ORDER_LINES)).lastRunAt()).isEmpty();

        var dataset = success(mode.dataset(ORDERS));

        assertThat(dataset.lastRunAt()).contains(run.createdAt());
        assertThat(dataset.lastSuccessfullyRunAt()).isEqualTo(run.completedAt());
        assertThat(dataset.dataSource()).isEmpty();
        assertThat(success(mode.datasetsOfDataSource(SampleWorkspace.ORDERS_WAREHOUSE)))
                .filteredOn(row -> row.token().equals(ORDERS))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.lastRunAt()).contains(run.createdAt());
                    assertThat(row.dataSource()).contains(SampleWorkspace.ORDERS_WAREHOUSE);
                });
        assertThat(success(mode.datasetsOfSpace(SPACE)))
                .filteredOn(row -> row.token().equals(ORDERS))
                .extracting(Dataset::lastRunAt)
                .containsExactly(Optional.of(run.createdAt()));
    }

    @Test
    void shouldAskAfterARun() {
        var posted = success(post(mode, DAILY_SALES, ORDERS));

        var run = success(
                mode.permit(Lane.ASK, Instant.EPOCH).flatMap(permit -> mode.run(permit, DAILY_SALES, posted.token())));

        assertThat(run.token()).isEqualTo(posted.token());
        assertThat(run.createdAt()).isEqualTo(posted.createdAt());
        assertThat(run.executedBy()).hasValueSatisfying(href -> assertThat(href).endsWith(Sandbox.API_USER));
    }

    @Test
    void shouldReadAReportWithItsLastGoodRun() {
        sandbox.runClock().takes(DAILY_SALES, Duration.ZERO, Duration.ZERO);
        sandbox.workspace().expectRuntime(DAILY_SALES, Duration.ofMillis(1556));
        var run = sandbox.workspace().runByHand(DAILY_SALES, "ann");

        var report = success(ask(permit -> mode.report(permit, DAILY_SALES)));

        assertThat(report.token()).isEqualTo(DAILY_SALES);
        assertThat(report.space()).contains(SPACE);
        assertThat(report.lastSuccessfulRun()).contains(run.token());
        assertThat(report.lastSuccessfullyRunAt()).isEqualTo(run.completedAt());
        assertThat(report.expectedRuntime()).contains(Duration.ofMillis(1556));
    }

    @Test
    void shouldReadOnePageOfTheReportsOfASpace() {
        IntStream.range(0, 65)
                .forEach(number -> sandbox.workspace().addReport("report" + number, "many", "fb54fcb456d4", ORDERS));

        var second = success(ask(permit -> mode.reportsOfSpace(permit, "fb54fcb456d4", 2)));

        assertThat(second).hasSize(30).allSatisfy(report -> {
            assertThat(report.space()).contains("fb54fcb456d4");
            assertThat(report.lastSuccessfulRun()).isEmpty();
            assertThat(report.expectedRuntime()).isEmpty();
        });
        var past = success(ask(permit -> mode.reportsOfSpace(permit, "fb54fcb456d4", 9)));
        assertThat(past).isEmpty();
        assertThat(failure(ask(permit -> mode.reportsOfSpace(permit, "nowhere", 1)))
                        .kind())
                .isEqualTo(Answer.Kind.NOT_FOUND);
    }

    @Test
    void shouldListAllReportsOfASpace() {
        IntStream.range(0, 65)
                .forEach(number -> sandbox.workspace().addReport("report" + number, "many", "fb54fcb456d4", ORDERS));

        var reports = success(mode.reportsOfSpaceListing("fb54fcb456d4"));

        assertThat(reports).hasSize(65 + 7).allMatch(report -> !report.isDataset());
        assertThat(reports)
                .filteredOn(report -> report.token().equals("report64"))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.name()).isEqualTo("many");
                    assertThat(report.importedDatasets()).contains(new TreeSet<>(Set.of(ORDERS)));
                });
    }

    private <T> Uni<Answer<T>> ask(Function<Permit, Uni<? extends Answer<T>>> call) {
        return mode.permit(Lane.ASK, Instant.EPOCH).flatMap(call);
    }

    @Test
    void shouldListRunsTheNewestFirst() {
        var made = IntStream.range(0, 45)
                .mapToObj(number ->
                        sandbox.workspace().runByHand(DAILY_SALES, "ann").token())
                .toList();

        var runs = runs(Instant.EPOCH);

        assertThat(runs).extracting(ReportRun::token).containsExactlyInAnyOrderElementsOf(made);
        assertThat(runs.get(0).token()).isEqualTo(made.get(44));
    }

    @Test
    void shouldListNoMorePagesOfRunsThanAreAskedFor() {
        IntStream.range(0, 45).forEach(number -> sandbox.workspace().runByHand(DAILY_SALES, "ann"));

        var runs = runs(Instant.now().plusSeconds(60));

        assertThat(runs).hasSize(20);
        assertThat(sandbox.calls().count(call -> call.path().contains("/runs"))).isOne();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void shouldKnowTheTimeByModesClock(long ahead) {
        var wrong = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(ahead));
        mode = Caller.of(sandbox).withClock(wrong).mode();
        assertThat(mode.clock().earliestNow())
                .isCloseTo(wrong.instant().minusSeconds(600), within(1, ChronoUnit.SECONDS));

        IntStream.range(0, 4).forEach(n -> success(mode.dataset(ORDERS)));

        assertThat(mode.clock().earliestNow())
                .isBeforeOrEqualTo(Instant.now())
                .isCloseTo(Instant.now(), within(130, ChronoUnit.SECONDS));
    }

    private List<ReportRun> runs(Instant since) {
        return success(mode.permit(Lane.POST, Instant.EPOCH).flatMap(permit -> mode.runs(permit, DAILY_SALES, since)));
    }
}
