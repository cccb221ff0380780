package io.freshet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The settings that {@code application.properties} explains, as a page of Markdown. */
final class SettingsPage {

    /** Topics have no comment of their own. */
    static final String TOPIC = "The name of a topic: see asyncapi.yaml.";

    private static final Pattern HEADING = Pattern.compile("# --- (.+?) -+");
    private static final Pattern SETTING = Pattern.compile("(?:# ?|%dev\\.)?((?:freshet|kafka)\\.[\\w.\"\\[\\]-]+|"
            + "quarkus\\.(?:(?:http|management)\\.port|oidc\\.(?:auth-server-url|token\\.audience)|log\\.console\\.json\\.enabled|"
            + "otel\\.sdk\\.disabled|otel\\.exporter\\.otlp\\.endpoint))=(.*)");
    private static final String HEAD = """
            # Configuration

            <!-- Made from application.properties: ./mvnw test -Dtest=SettingsPageTest -Dsettings.page=write -->

            A setting is given as an environment variable, as a system property (`-Dname=value`), or in the file
            `config/application.properties` of the working directory. Durations are written as `500ms`, `10s`, `5m`, `24h`.
            A setting that is missing or makes no sense stops the start, with one line that names it.
            """;
    private static final String TABLE = """

            | setting | default | environment variable | what it is |
            |---|---|---|---|
            """;

    /** One setting; an empty value means that there is no default. */
    record Setting(String property, String value, String comment) {

        String variable() {
            return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }

        private String row(String shownComment) {
            return "| `%s` | %s | `%s` | %s |\n"
                    .formatted(property, value.isEmpty() ? "—" : '`' + value + '`', variable(), shownComment);
        }
    }

    private final List<Setting> settings = new ArrayList<>();
    private final Map<String, String> comments = new HashMap<>();
    private final StringBuilder text = new StringBuilder(HEAD);
    private final StringBuilder comment = new StringBuilder();
    private String heading = "";
    private boolean commentIsUsed;
    private boolean inTable;

    private SettingsPage() {}

    static SettingsPage of(List<String> lines) {
        var page = new SettingsPage();
        lines.forEach(line -> page.read(line.strip()));
        page.endOfBlock();
        return page;
    }

    List<Setting> settings() {
        return List.copyOf(settings);
    }

    String text() {
        return text.toString();
    }

    private void read(String line) {
        var newHeading = HEADING.matcher(line);
        var setting = SETTING.matcher(line);
        if (newHeading.matches()) {
            endOfBlock();
            heading = heading(newHeading.group(1));
            text.append(heading.isEmpty() ? "" : "\n## " + heading + "\n");
            inTable = false;
        } else if (setting.matches()) {
            add(setting.group(1), setting.group(2));
        } else if (line.startsWith("#")) {
            addComment(line.substring(1).strip());
        } else {
            endOfBlock();
        }
    }

    /** Of the wiring, only the ports are for users; of the log, nothing is. */
    private static String heading(String said) {
        if (said.startsWith("The log")) {
            return "";
        }
        return said.startsWith("Wiring") ? "HTTP" : said;
    }

    private void addComment(String line) {
        if (commentIsUsed) {
            endOfBlock();
        }
        comment.append(comment.isEmpty() ? "" : " ").append(line);
    }

    private void add(String property, String value) {
        var said = comment.isEmpty() ? unsaid(property) : comment.toString();
        comments.putIfAbsent(property, said);
        settings.add(new Setting(property, value, said));
        text.append(inTable ? "" : TABLE)
                .append(settings.get(settings.size() - 1).row(commentIsUsed ? "as above" : said));
        inTable = true;
        commentIsUsed = !comment.isEmpty();
    }

    private String unsaid(String property) {
        return comments.getOrDefault(property, property.startsWith("freshet.topics.") ? TOPIC : "");
    }

    /** A comment that no setting follows is a paragraph. The file's own, ahead of all headings, is for its editors. */
    private void endOfBlock() {
        var isParagraph = !comment.isEmpty() && !commentIsUsed && !heading.isEmpty() && !heading.equals("HTTP");
        if (isParagraph) {
            text.append('\n').append(comment).append('\n');
            inTable = false;
        }
        comment.setLength(0);
        commentIsUsed = false;
    }
}
