package io.freshet.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a change says has changed, as it is told in events and kept in Freshet's own topics. */
public final class TargetJson {

    private static final String REPORT = "report";
    private static final String REPORT_DATASETS = "report_datasets";

    private TargetJson() {}

    /** As it is kept. */
    public static void write(Target target, ObjectNode json) {
        write(target, REPORT, REPORT_DATASETS, json);
    }

    static void write(Target target, String report, String reportDatasets, ObjectNode json) {
        target.<Object>fold(
                dataSource -> json.put("data_source", dataSource.token()),
                space -> json.put("space", space.token()),
                datasets -> putTokens(json, "datasets", datasets.tokens()),
                one -> {
                    json.put(report, one.token());
                    return putTokens(json, reportDatasets, one.datasets());
                });
    }

    private static ObjectNode putTokens(ObjectNode json, String name, SortedSet<String> tokens) {
        tokens.forEach(json.putArray(name)::add);
        return json;
    }

    /** @throws IOException if it has none that this version knows */
    public static Target read(StoredObject json) throws IOException {
        if (json.has("data_source")) {
            return new Target.DataSource(json.text("data_source"));
        }
        if (json.has("space")) {
            return new Target.Space(json.text("space"));
        }
        if (json.has(REPORT)) {
            return new Target.Report(json.text(REPORT), new TreeSet<>(json.texts(REPORT_DATASETS)));
        }
        if (json.has("datasets")) {
            return new Target.Datasets(new TreeSet<>(json.texts("datasets")));
        }
        throw new IOException("it has no target that this version knows");
    }
}
