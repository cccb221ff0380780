package io.freshet.event;

/**
 * What a change concerns, and what is not refreshed all the same.
 *
 * @param kind {@code report} or {@code dataset}
 * @param reason one word for machines, such as {@code archived}
 */
public record LeftOut(String token, String kind, String reason) {

    /** A dataset that was run well since the change was read. */
    public static final String ALREADY_FRESH = "already_fresh";

    /** A dataset whose SQL mentions none of the tables that changed. */
    public static final String NOT_MENTIONED = "not_mentioned";

    public static LeftOut report(String token, String reason) {
        return new LeftOut(token, "report", reason);
    }

    public static LeftOut dataset(String token, String reason) {
        return new LeftOut(token, "dataset", reason);
    }
}
