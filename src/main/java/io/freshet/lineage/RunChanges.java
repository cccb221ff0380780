package io.freshet.lineage;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * The changes that a run means: one for each data source, named so that the same run with the same outputs is the same change,
 * whoever tells of it again. Their record is the event that said that the run had ended.
 */
public final class RunChanges {

    private static final int LONGEST_SOURCE = 512;
    private static final int LONGEST_REASON = 1_000;
    private static final int MOST_TABLES = 1_000;
    private static final int BYTES_OF_HASH = 4;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

    private RunChanges() {}

    public static List<Change> of(LineageKey key, LineageRun run, Matches matches) {
        return run.completedAt().stream()
                .flatMap(at -> matches.bySource().entrySet().stream()
                        .map(one -> change(key, run, at, one.getKey(), one.getValue())))
                .toList();
    }

    private static Change change(LineageKey key, LineageRun run, Instant at, String token, Matches.Written written) {
        var hash = Digests.hex(String.join("\n", written.outputs()), BYTES_OF_HASH);
        var ref = new ChangeRef(
                source(run.job()), "%s/%s/%s".formatted(key.run(), token, hash), at, reason(run.job()), token);
        return new Change(
                key.account(), new Target.DataSource(token), tables(written), ref, Traces.none(), run.place());
    }

    /** More than a change may name are all that the data source has. */
    private static SortedSet<String> tables(Matches.Written written) {
        return written.tables().size() <= MOST_TABLES ? written.tables() : Collections.emptySortedSet();
    }

    private static String source(Job job) {
        return cut(visible("/openlineage/" + job.namespace() + "/" + job.name()));
    }

    private static String reason(Job job) {
        var reason = visible(job.integration().map(tool -> tool + " ").orElse("") + job.name());
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON - 1) + '…' : reason;
    }

    private static String visible(String text) {
        return INVISIBLE.matcher(text).replaceAll("?");
    }

    /** In bytes, and not within a character. */
    private static String cut(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var end = Math.min(LONGEST_SOURCE, bytes.length);
        while (end < bytes.length && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
