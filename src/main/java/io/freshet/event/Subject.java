package io.freshet.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A whole workspace, or a thing in it: what a hold, a filter or something learnt is about.
 *
 * @param token of the thing; empty where it is the workspace, and a whole key where it is one
 */
public record Subject(Kind kind, String token) {

    private static final Pattern KEY = Pattern.compile("[!-~&&[^/]]{1,64}/[!-~]{1,200}");

    public static final Subject WORKSPACE = new Subject(Kind.WORKSPACE, "");

    /** What the things are. */
    public enum Kind {
        WORKSPACE,
        DATA_SOURCE,
        SPACE,
        DATASET,
        REPORT,
        /** A record of Freshet's memory. */
        KEY;

        /** As it is spelled on the wire. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Subject {
        if (!fits(kind, token)) {
            throw new IllegalArgumentException("no such thing: " + kind + " " + SafeText.of(token));
        }
    }

    public static Subject dataSource(String token) {
        return new Subject(Kind.DATA_SOURCE, token);
    }

    public static Subject space(String token) {
        return new Subject(Kind.SPACE, token);
    }

    public static Subject dataset(String token) {
        return new Subject(Kind.DATASET, token);
    }

    public static Subject report(String token) {
        return new Subject(Kind.REPORT, token);
    }

    /** A report, or a dataset that is run by itself. */
    public static Subject of(ReportKey report) {
        return report.isDataset() ? dataset(report.reportToken()) : report(report.reportToken());
    }

    private static boolean fits(Kind kind, String token) {
        return switch (kind) {
            case WORKSPACE -> token.isEmpty();
            case DATA_SOURCE, SPACE, DATASET, REPORT -> Tokens.isToken(token);
            case KEY -> KEY.matcher(token).matches();
        };
    }

    /** Empty if the text is none, such as {@code report:TOKEN} or {@code workspace}. */
    public static Optional<Subject> parse(String text) {
        if (text.equals(WORKSPACE.text())) {
            return Optional.of(WORKSPACE);
        }
        var colon = text.indexOf(':');
        var token = text.substring(colon + 1);
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.WORKSPACE
                        && colon > 0
                        && kind.word().equals(text.substring(0, colon))
                        && fits(kind, token))
                .map(kind -> new Subject(kind, token))
                .findFirst();
    }

    /** As it is spelled everywhere: {@code data_source:TOKEN}, or {@code workspace}. */
    public String text() {
        return kind == Kind.WORKSPACE ? kind.word() : kind.word() + ":" + token;
    }

    @Override
    public String toString() {
        return text();
    }
}
