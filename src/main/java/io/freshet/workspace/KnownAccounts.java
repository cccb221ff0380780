package io.freshet.workspace;

import io.freshet.event.Accounts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Optional;

/** The accounts that an event may name: those of the workspaces that are configured. */
@ApplicationScoped
class KnownAccounts implements Accounts {

    private final Workspaces workspaces;

    KnownAccounts(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public boolean knows(String account) {
        return workspaces.find(account).isPresent();
    }

    @Override
    public Collection<String> all() {
        return workspaces.all().stream().map(Workspace::account).toList();
    }

    @Override
    public Optional<String> only() {
        return all().size() == 1 ? all().stream().findFirst() : Optional.empty();
    }
}
