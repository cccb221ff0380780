package io.freshet.event;

/**
 * A report of a workspace; as the key of what is told about it, {@code account/token}. In Mode a dataset is a report of another
 * type, and has a key here as well when it is run by itself.
 */
public record ReportKey(String account, String reportToken, Kind kind) {

    /** One of the kind that people look at. */
    public ReportKey(String account, String reportToken) {
        this(account, reportToken, Kind.REPORT);
    }

    public static ReportKey dataset(String account, String token) {
        return new ReportKey(account, token, Kind.DATASET);
    }

    public boolean isDataset() {
        return kind == Kind.DATASET;
    }

    public String key() {
        return account + "/" + reportToken;
    }

    /** Within its workspace, as Mode's addresses and the subjects of events have it: {@code reports/token}. */
    String path() {
        return kind.plural() + "/" + reportToken;
    }

    @Override
    public String toString() {
        return key();
    }
}
