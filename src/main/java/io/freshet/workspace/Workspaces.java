package io.freshet.workspace;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** All workspaces that are configured, checked: what is missing or makes no sense is said in one line that names it. */
@ApplicationScoped
public class Workspaces {

    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    private final Map<String, Workspace> byAccount = new LinkedHashMap<>();

    /** @throws ConfigurationException where a setting is missing or makes no sense */
    public Workspaces(WorkspaceConfig config) {
        config.workspaces().forEach((name, settings) -> {
            var unused = name.equals(WorkspaceConfig.UNNAMED)
                    && settings.account().isEmpty()
                    && config.workspaces().size() > 1;
            if (!unused) {
                add(new Reading(name, settings));
            }
        });
        if (byAccount.isEmpty()) {
            throw new ConfigurationException(
                    "freshet.workspace.account is not set: give the workspace's username in Mode");
        }
    }

    private void add(Reading reading) {
        var workspace = reading.workspace();
        if (byAccount.putIfAbsent(workspace.account(), workspace) != null) {
            throw reading.wrong("account", "names the same workspace as another: leave one of them out");
        }
    }

    public Collection<Workspace> all() {
        return byAccount.values();
    }

    public Optional<Workspace> find(String account) {
        return Optional.ofNullable(byAccount.get(account));
    }

    /** The settings of one workspace, as they are read. */
    private record Reading(String name, WorkspaceConfig.Settings settings) {

        Workspace workspace() {
            var account = required("account", settings.account(), "give the workspace's username in Mode");
            if (!ACCOUNT.matcher(account).matches()) {
                throw wrong("account", "is no username of a workspace: letters, digits, '_', '.' and '-'");
            }
            var precision = new PrecisionSettings(settings, this::wrong).read();
            return new Workspace(
                    account, url(), credentials(), datasetsFirst(), precision, rules(), requests(), period(), names());
        }

        private URI url() {
            var url = modeUrl();
            var isHttpAllowed = isHttpAllowed();
            if (url.isReadableOnTheWay() && !isHttpAllowed) {
                throw wrong(
                        "url",
                        "is plain http, so that everybody on the way could read the API key: use https, or set allow-http=true beside it");
            }
            return url.url();
        }

        private ModeUrl modeUrl() {
            try {
                return ModeUrl.of(settings.url());
            } catch (IllegalArgumentException e) {
                throw wrong("url", String.valueOf(e.getMessage()));
            }
        }

        private boolean isHttpAllowed() {
            return flag("allow-http", settings.allowHttp());
        }

        private boolean names() {
            return flag("names", settings.names());
        }

        private boolean flag(String key, String text) {
            return switch (text.strip()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong(key, "must be true or false, and is " + text);
            };
        }

        private Supplier<Credentials> credentials() {
            if (settings.credentialsDirectory().isPresent()) {
                var directory = new CredentialsDirectory(
                        Path.of(settings.credentialsDirectory().get()));
                try {
                    directory.get();
                } catch (CredentialsUnreadable e) {
                    throw wrong("credentials-directory", "has no readable files \"token\" and \"secret\"");
                }
                return directory;
            }
            var credentials = new Credentials(
                    required("token", settings.token(), "give the token of a Mode API key"),
                    required("secret", settings.secret(), "give the secret of the Mode API key"));
            return () -> credentials;
        }

        private DatasetsFirst datasetsFirst() {
            var byDataSource = new HashMap<String, DatasetsFirst.Rule>();
            settings.dataSources().forEach((token, own) -> own.datasetsFirst()
                    .ifPresent(word ->
                            byDataSource.put(token, first("data-sources.\"" + token + "\".datasets-first", word))));
            return new DatasetsFirst(first("datasets-first", settings.datasetsFirst()), byDataSource);
        }

        private DatasetsFirst.Rule first(String key, String word) {
            return DatasetsFirst.Rule.of(word)
                    .orElseThrow(() -> wrong(key, "must be auto, always or never, and is " + word));
        }

        private RunRules rules() {
            return new RunRules(
                    rule("runs", settings.runs(), RunRules::isShadow),
                    settings.include()
                            .map(list -> rule("include", list, RunRules::subjects))
                            .orElseGet(Set::of),
                    settings.exclude()
                            .map(list -> rule("exclude", list, RunRules::subjects))
                            .orElseGet(Set::of));
        }

        private <T> T rule(String key, String text, Function<String, T> read) {
            try {
                return read.apply(text);
            } catch (IllegalArgumentException e) {
                throw wrong(key, String.valueOf(e.getMessage()));
            }
        }

        private int requests() {
            var text = settings.rateLimit().requests();
            try {
                var requests = Integer.parseInt(text.strip());
                if (requests > 0) {
                    return requests;
                }
            } catch (NumberFormatException e) {
                throw wrong("rate-limit.requests", "is no number: " + text);
            }
            throw wrong("rate-limit.requests", "must be at least 1, and is " + text);
        }

        private Duration period() {
            var text = settings.rateLimit().period();
            try {
                var period = DurationConverter.parseDuration(text);
                if (period.toMillis() > 0) {
                    return period;
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw wrong("rate-limit.period", "is no duration such as 10s: " + text);
            }
            throw wrong("rate-limit.period", "must be longer than nothing, and is " + text);
        }

        private String required(String key, Optional<String> value, String advice) {
            return value.map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .orElseThrow(() -> wrong(key, "is not set: " + advice));
        }

        ConfigurationException wrong(String key, String what) {
            var prefix = name.equals(WorkspaceConfig.UNNAMED) ? "" : '"' + name + "\".";
            return new ConfigurationException("freshet.workspace." + prefix + key + " " + what);
        }
    }
}
