package io.freshet.event;

/**
 * One "upstream data changed" event, or one "refresh this report", after it was judged.
 *
 * @param account the workspace
 * @param target what changed, or which report is to be refreshed
 * @param ref its identity, time and reason
 * @param traces in which traces it stands
 * @param place where its record lies
 */
public record Change(String account, Target target, ChangeRef ref, Traces traces, RecordPlace place) {

    /** What objects, times and the places in tables come to. */
    private static final int BYTES = 600;

    private static final int BYTES_OF_A_TOKEN = 100;

    /** About how much memory it takes while it is open, in bytes. */
    public int bytes() {
        var reason = ref.reason() == null ? 0 : ref.reason().length();
        return BYTES + 2 * (ref.source().length() + ref.id().length() + reason) + BYTES_OF_A_TOKEN * target.size();
    }

    /** Whether all others go first. The reason of a refresh that somebody asked for is not interpreted. */
    public boolean isBackfill() {
        return ref.isBackfill() && target.report().isEmpty();
    }
}
