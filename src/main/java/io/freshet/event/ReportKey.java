package io.freshet.event;

/** A report of a workspace; as the key of what is told about it, {@code account/token}. */
public record ReportKey(String account, String reportToken) {

    public String key() {
        return account + "/" + reportToken;
    }

    @Override
    public String toString() {
        return key();
    }
}
