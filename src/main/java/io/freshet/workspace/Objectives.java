package io.freshet.workspace;

import io.freshet.event.Accounts;
import io.freshet.event.Tokens;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All objectives, checked: what is missing or makes no sense is said in one line that names it. */
@ApplicationScoped
public class Objectives {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    private final List<Objective> all;

    /** @throws ConfigurationException where a setting is missing or makes no sense */
    Objectives(ObjectivesConfig config, Accounts accounts) {
        this.all = new TreeMap<>(config.objectives())
                .entrySet().stream()
                        .map(one -> new Reading(one.getKey(), one.getValue(), accounts).objective())
                        .toList();
    }

    public List<Objective> all() {
        return all;
    }

    public List<Objective> of(String account) {
        return all.stream()
                .filter(objective -> objective.account().equals(account))
                .toList();
    }

    /** By name, how old a change of the workspace may become. */
    public Map<String, Duration> within(String account) {
        return of(account).stream().collect(Collectors.toMap(Objective::name, Objective::within));
    }

    /** The settings of one objective, as they are read. */
    private record Reading(String name, ObjectivesConfig.Settings settings, Accounts accounts) {

        Objective objective() {
            if (!NAME.matcher(name).matches()) {
                throw new ConfigurationException("freshet.objectives.\"" + name
                        + "\" is no name of an objective: up to 64 letters, digits, '_', '.' and '-'");
            }
            var objective = new Objective(
                    name,
                    account(),
                    tokens("reports", settings.reports()),
                    tokens("spaces", settings.spaces()),
                    tokens("data-sources", settings.dataSources()),
                    within());
            if (objective.reports().isEmpty()
                    && objective.spaces().isEmpty()
                    && objective.dataSources().isEmpty()) {
                throw wrong("reports", "is not set, nor are spaces and data-sources beside it: say what it is for");
            }
            return objective;
        }

        private String account() {
            var account = settings.account()
                    .map(String::strip)
                    .or(accounts::only)
                    .orElseThrow(() -> wrong("account", "is not set: say which of the workspaces it is for"));
            if (!accounts.knows(account)) {
                throw wrong("account", "names no workspace that is configured: " + account);
            }
            return account;
        }

        private Set<String> tokens(String key, Optional<String> list) {
            return list.stream()
                    .flatMap(text -> Arrays.stream(text.split(",", -1)))
                    .map(String::strip)
                    .map(token -> checked(key, token))
                    .collect(Collectors.toSet());
        }

        private String checked(String key, String token) {
            if (!Tokens.isToken(token)) {
                throw wrong(key, "must name tokens of Mode, separated by commas, and names \"" + token + '"');
            }
            return token;
        }

        private Duration within() {
            var text = settings.within()
                    .orElseThrow(() -> wrong("within", "is not set: say how old a change may become, such as 15m"));
            try {
                var within = DurationConverter.parseDuration(text);
                if (within.toMillis() > 0) {
                    return within;
                }
            } catch (IllegalArgumentException e) {
                throw wrong("within", "is no duration such as 15m: " + text);
            }
            throw wrong("within", "must be longer than nothing, and is " + text);
        }

        private ConfigurationException wrong(String key, String what) {
            return new ConfigurationException("freshet.objectives.\"" + name + "\"." + key + " " + what);
        }
    }
}
