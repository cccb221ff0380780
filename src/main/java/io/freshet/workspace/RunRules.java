package io.freshet.workspace;

import io.freshet.event.Subject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What may be run in a workspace.
 *
 * @param isShadow whether nothing may: all is planned and told as if it were
 * @param include what may; all if it is empty
 * @param exclude what may not, whatever else is said
 */
public record RunRules(boolean isShadow, Set<Subject> include, Set<Subject> exclude) {

    /** No rule at all. */
    public static final RunRules ALL = new RunRules(false, Set.of(), Set.of());

    private static final Set<Subject.Kind> KINDS =
            EnumSet.of(Subject.Kind.REPORT, Subject.Kind.SPACE, Subject.Kind.DATA_SOURCE);

    public RunRules {
        include = Set.copyOf(include);
        exclude = Set.copyOf(exclude);
    }

    /** @throws IllegalArgumentException that says what is wrong with it */
    static boolean isShadow(String runs) {
        return switch (runs.strip()) {
            case "post" -> false;
            case "shadow" -> true;
            default -> throw new IllegalArgumentException("must be post or shadow, and is " + runs);
        };
    }

    /** @throws IllegalArgumentException that says what is wrong with it */
    static Set<Subject> subjects(String list) {
        var subjects = new LinkedHashSet<Subject>();
        Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .map(text -> Subject.parse(text)
                        .filter(subject -> KINDS.contains(subject.kind()))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "must name report:TOKEN, space:TOKEN and data_source:TOKEN, separated by commas, and names \""
                                        + text
                                        + "\"")))
                .forEach(subjects::add);
        return subjects;
    }
}
