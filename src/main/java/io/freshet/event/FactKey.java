package io.freshet.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Something that may be known of a workspace: about each subject each kind of fact is there once, or not at all. */
public record FactKey(String account, Kind kind, Subject subject) {

    /** What is known. */
    public enum Kind {
        /** A person wants nothing to be posted for it. */
        HELD("released"),
        /** Its datasets are to run before the reports that import them, as Mode's own data has shown. */
        LEARNT("forgotten"),
        /** Its calls to Mode wait until Mode is well again, or takes the credential. */
        PAUSED("resumed"),
        /** A record of its memory can't be read, and nothing is done for that key. */
        QUARANTINED("cleared"),
        /** A setting wants nothing to be posted for it. */
        SHADOW("posting");

        private final String undone;

        Kind(String undone) {
            this.undone = undone;
        }

        /** As it is spelled, and as it is told that it is so from now on. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** As it is told that it isn't so any more. */
        public String undone() {
            return undone;
        }
    }

    public static FactKey held(String account, Subject subject) {
        return new FactKey(account, Kind.HELD, subject);
    }

    public static FactKey learnt(String account, Subject subject) {
        return new FactKey(account, Kind.LEARNT, subject);
    }

    public static FactKey paused(String account, Subject subject) {
        return new FactKey(account, Kind.PAUSED, subject);
    }

    public static FactKey shadow(String account) {
        return new FactKey(account, Kind.SHADOW, Subject.WORKSPACE);
    }

    /** @param key of the state topic; whoever wrote it may have spelled it in a way that can't be told */
    public static Optional<FactKey> quarantined(String account, String key) {
        return parse(account, Kind.QUARANTINED.word() + ":key:" + key);
    }

    /** Each keeps back what is to be posted for the report: its workspace is held, or a shadow, or it is held itself. */
    public static Stream<FactKey> holdsOf(ReportKey report) {
        var account = report.account();
        return Stream.of(held(account, Subject.WORKSPACE), shadow(account), held(account, Subject.of(report)));
    }

    /** Keeps back changes of this target, and what they are run for: their data source is held. Empty if it is of something else. */
    public static Optional<FactKey> holdOf(String account, Target target) {
        return target.dataSource().map(token -> held(account, Subject.dataSource(token)));
    }

    /** What {@link #name} is of; empty if it is no such name. */
    public static Optional<FactKey> parse(String account, String name) {
        var colon = name.indexOf(':');
        return Arrays.stream(Kind.values())
                .filter(kind -> colon > 0 && kind.word().equals(name.substring(0, colon)))
                .findFirst()
                .flatMap(kind ->
                        Subject.parse(name.substring(colon + 1)).map(subject -> new FactKey(account, kind, subject)));
    }

    /** Within its workspace, such as {@code held:report:TOKEN}. */
    public String name() {
        return kind.word() + ":" + subject.text();
    }
}
