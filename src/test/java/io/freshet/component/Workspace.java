package io.freshet.component;

import io.freshet.testing.Scene;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Datasets and reports for one test, beside those of the others. */
record Workspace(Scene scene, int number, String source) {

    static final String SPACE = "59ace0000001";

    /** Data sources whose datasets are run before their reports. */
    static final List<String> DATASETS_FIRST =
            IntStream.range(0, 20).mapToObj("50acf1125%03d"::formatted).toList();

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final AtomicInteger FIRST = new AtomicInteger();

    /** With a data source of its own, and that many datasets on it. */
    static Workspace with(Scene scene, int datasets) {
        var number = COUNT.incrementAndGet();
        return with(scene, number, "50ac%04d0000".formatted(number), datasets);
    }

    /** The same with one of the few data sources whose datasets are run before their reports. */
    static Workspace withDatasetsFirst(Scene scene, int datasets) {
        return with(scene, COUNT.incrementAndGet(), DATASETS_FIRST.get(FIRST.getAndIncrement()), datasets);
    }

    private static Workspace with(Scene scene, int number, String source, int datasets) {
        var workspace = new Workspace(scene, number, source);
        scene.sandbox().workspace().addDataSource(workspace.source(), "Source " + workspace.number());
        scene.sandbox().workspace().addSpace(workspace.space(), "Space " + workspace.number());
        for (var n = 0; n < datasets; n++) {
            scene.sandbox()
                    .workspace()
                    .addDataset(workspace.dataset(n), "Dataset " + n, workspace.source(), workspace.space());
        }
        return workspace;
    }

    /** One more report, which uses the datasets of these numbers. */
    String report(int... datasets) {
        return reportIn(SPACE, datasets);
    }

    /** One that people call so, on the first dataset. */
    String reportCalled(String name) {
        var token = "4e90%04d%04d".formatted(number, COUNT.incrementAndGet());
        scene.sandbox().workspace().addReport(token, name, SPACE, dataset(0));
        return token;
    }

    /** The same in another Collection than the one of all tests. */
    String reportIn(String space, int... datasets) {
        var token = "4e90%04d%04d".formatted(number, COUNT.incrementAndGet());
        var uses = Arrays.stream(datasets).mapToObj(this::dataset).toArray(String[]::new);
        scene.sandbox().workspace().addReport(token, "Report " + token, space, uses);
        return token;
    }

    String space() {
        return "59ac%04d0000".formatted(number);
    }

    String dataset(int n) {
        return "da7a%04d%04d".formatted(number, n);
    }

    /** Nobody but the settings says of these that datasets don't run first, whatever was learnt. */
    static final List<String> REPORTS_ONLY =
            IntStream.range(0, 5).mapToObj("50ac0e90%03d0"::formatted).toList();

    private static final AtomicInteger ONLY = new AtomicInteger();

    /** With one of the few data sources of which only the reports are run. */
    static Workspace withReportsOnly(Scene scene, int datasets) {
        return with(scene, COUNT.incrementAndGet(), REPORTS_ONLY.get(ONLY.getAndIncrement()), datasets);
    }

    /** Data sources whose changes are for the datasets that mention their tables. */
    static final List<String> TABLE_PRECISION =
            IntStream.range(0, 10).mapToObj("50ac7ab1%03d0"::formatted).toList();

    private static final AtomicInteger PRECISE = new AtomicInteger();

    static Workspace withTablePrecision(Scene scene, int datasets) {
        return with(scene, COUNT.incrementAndGet(), TABLE_PRECISION.get(PRECISE.getAndIncrement()), datasets);
    }

    String changed(String table) {
        return "{\"data_source\": \"%s\", \"tables\": [\"%s\"]}".formatted(source(), table);
    }

    String changed() {
        return "{\"data_source\": \"%s\"}".formatted(source());
    }
}
