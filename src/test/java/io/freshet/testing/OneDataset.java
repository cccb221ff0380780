package io.freshet.testing;

import io.freshet.sandbox.SandboxWorkspace;

/** A workspace in which one data source has one dataset, and so many reports use it. */
public final class OneDataset {

    public static final String SOURCE = "50acce0f0001";
    public static final String SPACE = "59ace0000001";
    public static final String DATASET = "da7a5e000001";

    private OneDataset() {}

    public static String report(int number) {
        return "4e9047%06d".formatted(number);
    }

    public static void fill(Scene scene, int reports) {
        fill(scene.sandbox().workspace(), reports);
    }

    public static void fill(SandboxWorkspace workspace, int reports) {
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addSpace(SPACE, "Sales");
        workspace.addDataset(DATASET, "Orders", SOURCE, SPACE);
        for (var n = 0; n < reports; n++) {
            workspace.addReport(report(n), "Report " + n, SPACE, DATASET);
        }
    }

    /** The data of the source has changed. */
    public static void change(Scene scene) {
        scene.change("{\"account\": \"%s\", \"data_source\": \"%s\"}".formatted(scene.account(), SOURCE));
    }
}
