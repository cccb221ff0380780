package io.freshet.deploy;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which metrics and labels an expression names. Knows as much of the language as the alerts and the dashboard use. */
final class Promql {

    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");
    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_:][\\w:]*\\b(?!\\s*\\()");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern MATCHED = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern VALUES_OF_LABEL = Pattern.compile("label_values\\((.*),\\s*(\\w+)\\s*\\)");

    private final String expression;

    Promql(String expression) {
        var ofVariable = VALUES_OF_LABEL.matcher(expression);
        var query = ofVariable.matches()
                ? "max by (%s) (%s)".formatted(ofVariable.group(2), ofVariable.group(1))
                : expression;
        this.expression = query.replaceAll("\"[^\"]*\"", "");
    }

    Set<String> metrics() {
        var bare = MATCHERS.matcher(GROUPING.matcher(expression).replaceAll(""))
                .replaceAll("")
                .replaceAll("\\[[^]]*]", "")
                .replaceAll("\\boffset\\s+\\w+", "");
        return NAME.matcher(bare)
                .results()
                .map(name -> name.group())
                .filter(name -> !KEYWORDS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> labels() {
        var labels = new TreeSet<String>();
        GROUPING.matcher(expression)
                .results()
                .flatMap(grouping ->
                        Pattern.compile("\\w+").matcher(grouping.group(1)).results())
                .forEach(label -> labels.add(label.group()));
        MATCHERS.matcher(expression)
                .results()
                .flatMap(matchers -> MATCHED.matcher(matchers.group(1)).results())
                .forEach(label -> labels.add(label.group(1)));
        return labels;
    }
}
