package io.freshet.schedule;

import java.util.List;
import java.util.function.Function;

/** A call that asks after open runs, and the questions that it is to answer. */
public sealed interface PollCall {

    List<StepQueue.Claimed> items();

    /** Names of the reports whose runs it asks after. */
    default List<String> reports() {
        return items().stream().map(PollCall::name).toList();
    }

    /** Its token, as pages show it; but no page shows a dataset, which may have any. */
    static String name(StepQueue.Claimed item) {
        var report = item.report();
        return report.isDataset() ? report.kind().plural() + "/" + report.reportToken() : report.reportToken();
    }

    /** One answer per kind of call. */
    <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page);

    /** For one run: the only call that tells how a run failed. */
    record OfRun(StepQueue.Claimed item) implements PollCall {
        @Override
        public List<StepQueue.Claimed> items() {
            return List.of(item);
        }

        @Override
        public <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page) {
            return run.apply(this);
        }
    }

    /** For one report: tells a good end of its run, and in which Collection the report is. */
    record OfReport(StepQueue.Claimed item) implements PollCall {
        @Override
        public List<StepQueue.Claimed> items() {
            return List.of(item);
        }

        @Override
        public <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page) {
            return report.apply(this);
        }
    }

    /**
     * For a page of a Collection's reports: tells a good end of the run of each.
     *
     * @param items of the reports that are known to be in the Collection, and on this page or on an unknown one
     */
    record OfPage(String space, int number, List<StepQueue.Claimed> items) implements PollCall {
        public OfPage {
            items = List.copyOf(items);
        }

        OfPage(CollectionIndex.Page page, List<StepQueue.Claimed> items) {
            this(page.space(), page.number(), items);
        }

        CollectionIndex.Page page() {
            return new CollectionIndex.Page(space, number);
        }

        @Override
        public <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page) {
            return page.apply(this);
        }
    }
}
