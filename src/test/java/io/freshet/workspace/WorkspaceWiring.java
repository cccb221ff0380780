package io.freshet.workspace;

import io.freshet.event.Accounts;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Workspaces that are configured without a file. */
public final class WorkspaceWiring {

    private record Limit(String requests, String period) implements WorkspaceConfig.Settings.RateLimit {}

    private record Key(Optional<String> account, WorkspaceConfig.Settings.RateLimit rateLimit)
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
        public Optional<String> token() {
            return Optional.of("token");
        }

        @Override
        public Optional<String> secret() {
            return Optional.of("secret");
        }

        @Override
        public String runs() {
            return "post";
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
        var settings = new LinkedHashMap<String, WorkspaceConfig.Settings>();
        accounts.forEach(account -> settings.put(
                account,
                new Key(Optional.of(account), new Limit(Integer.toString(requests), period.toMillis() + "ms"))));
        return new Workspaces(new WorkspaceConfig() {
            @Override
            public Map<String, WorkspaceConfig.Settings> workspaces() {
                return settings;
            }
        });
    }

    public static Accounts accounts(Workspaces workspaces) {
        return new KnownAccounts(workspaces);
    }
}
