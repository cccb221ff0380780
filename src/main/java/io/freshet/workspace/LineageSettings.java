package io.freshet.workspace;

import io.freshet.event.Accounts;
import io.freshet.event.Tokens;
import io.freshet.lineage.Glob;
import io.freshet.lineage.LineageMapping;
import io.freshet.lineage.LineageMappings;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** All mappings of OpenLineage's namespaces, checked: what is missing or makes no sense is said in one line that names it. */
@ApplicationScoped
public class LineageSettings {

    private final LineageMappings mappings;

    /** @throws ConfigurationException if a setting is missing or makes no sense */
    LineageSettings(OpenLineageConfig config, Accounts accounts) {
        var all = config.mappings();
        this.mappings = new LineageMappings(IntStream.range(0, all.size())
                .mapToObj(number -> new Reading(number, all.get(number), accounts).mapping())
                .toList());
    }

    public LineageMappings mappings() {
        return mappings;
    }

    /** The settings of one mapping, as they are read. */
    private record Reading(int number, OpenLineageConfig.Mapping settings, Accounts accounts) {

        LineageMapping mapping() {
            var namespace = said(settings.namespace())
                    .orElseThrow(() -> wrong("namespace", "is not set: say which namespace of OpenLineage it is for"));
            return new LineageMapping(
                    new Glob(namespace), said(settings.name()).map(Glob::new), account(), dataSources());
        }

        private boolean isIgnored() {
            return switch (said(settings.ignore()).orElse("false")) {
                case "true" -> true;
                case "false" -> false;
                default ->
                    throw wrong(
                            "ignore",
                            "must be true or false, and is " + settings.ignore().orElse(""));
            };
        }

        private List<String> dataSources() {
            var tokens = said(settings.dataSource()).stream()
                    .flatMap(text -> Arrays.stream(text.split(",", -1)))
                    .map(String::strip)
                    .map(this::checked)
                    .distinct()
                    .toList();
            if (tokens.isEmpty() != isIgnored()) {
                throw wrong(
                        "data-source",
                        tokens.isEmpty()
                                ? "is not set: name the data source, or set ignore=true beside namespace"
                                : "is set beside ignore=true: leave one of them out");
            }
            return tokens;
        }

        private String checked(String token) {
            if (!Tokens.isToken(token)) {
                throw wrong("data-source", "must name tokens of Mode, separated by commas, and names \"" + token + '"');
            }
            return token;
        }

        /** A token is of one workspace; what is of no concern may be so in all of them. */
        private Optional<String> account() {
            var account = said(settings.account()).or(accounts::only);
            if (account.isEmpty() && !isIgnored()) {
                throw wrong("account", "is not set: say which of the workspaces has the data source");
            }
            account.filter(named -> !accounts.knows(named)).ifPresent(unknown -> {
                throw wrong("account", "names no workspace that is configured: " + unknown);
            });
            return account;
        }

        private static Optional<String> said(Optional<String> text) {
            return text.map(String::strip).filter(one -> !one.isEmpty());
        }

        private ConfigurationException wrong(String key, String what) {
            return new ConfigurationException("freshet.openlineage.mappings[" + number + "]." + key + " " + what);
        }
    }
}
