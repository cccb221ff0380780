package io.freshet.workspace;

import io.freshet.event.Accounts;
import io.freshet.event.Presentation;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Workspaces that are configured without a file. */
public final class WorkspaceWiring {

    private record Limit(String requests, String period) implements WorkspaceConfig.Settings.RateLimit {}

    private record Key(
            Optional<String> account,
            WorkspaceConfig.Settings.RateLimit rateLimit,
            String datasetsFirst,
            String precision,
            String runs)
            implements WorkspaceConfig.Settings {
        @Override
        public String url() {
            return "https://mode.example";
        }

        @Override
        public String allowHttp() {
            return "false";
        }

        @Override
        public Map<String, WorkspaceConfig.Settings.OfDataSource> dataSources() {
            return Map.of();
        }

        @Override
        public String precision() {
            return precision;
        }

        @Override
        public String names() {
            return "true";
        }

        @Override
        public Optional<String> token() {
            return Optional.of("token");
        }

        @Override
        public Optional<String> secret() {
            return Optional.of("secret");
        }

        @Override
        public Optional<String> include() {
            return Optional.empty();
        }

        @Override
        public Optional<String> exclude() {
            return Optional.empty();
        }

        @Override
        public Optional<String> credentialsDirectory() {
            return Optional.empty();
        }
    }

    private WorkspaceWiring() {}

    public static Workspaces workspaces(Collection<String> accounts, int requests, Duration period) {
        return workspaces(accounts, requests, period, "auto", "data-source", "post");
    }

    public static Workspaces workspaces(
            Collection<String> accounts,
            int requests,
            Duration period,
            String datasetsFirst,
            String precision,
            String runs) {
        var settings = new LinkedHashMap<String, WorkspaceConfig.Settings>();
        accounts.forEach(account -> settings.put(
                account,
                new Key(
                        Optional.of(account),
                        new Limit(Integer.toString(requests), period.toMillis() + "ms"),
                        datasetsFirst,
                        precision,
                        runs)));
        return new Workspaces(new WorkspaceConfig() {
            @Override
            public Map<String, WorkspaceConfig.Settings> workspaces() {
                return settings;
            }
        });
    }

    /** One for each workspace, which counts what changes on this data source. */
    public static Objectives objectives(Workspaces workspaces, Collection<String> dataSources, Duration within) {
        var settings = new LinkedHashMap<String, ObjectivesConfig.Settings>();
        workspaces
                .all()
                .forEach(workspace -> settings.put(
                        "of-" + workspace.account(), new OfDataSources(workspace.account(), dataSources, within)));
        return new Objectives(() -> settings, accounts(workspaces));
    }

    private record OfDataSources(Optional<String> account, Optional<String> dataSources, Optional<String> within)
            implements ObjectivesConfig.Settings {

        OfDataSources(String account, Collection<String> dataSources, Duration within) {
            this(
                    Optional.of(account),
                    Optional.of(String.join(",", dataSources)),
                    Optional.of(within.toMillis() + "ms"));
        }

        @Override
        public Optional<String> reports() {
            return Optional.empty();
        }

        @Override
        public Optional<String> spaces() {
            return Optional.empty();
        }
    }

    public static Accounts accounts(Workspaces workspaces) {
        return new KnownAccounts(workspaces);
    }

    public static Presentation presentation(Workspaces workspaces) {
        return new WorkspacePresentation(workspaces);
    }
}
