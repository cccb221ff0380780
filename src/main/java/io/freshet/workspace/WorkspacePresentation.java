package io.freshet.workspace;

import io.freshet.event.Presentation;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/** As the settings of the workspaces say. */
@ApplicationScoped
class WorkspacePresentation implements Presentation {

    private final Workspaces workspaces;

    WorkspacePresentation(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    /** Mode's pages are where its API is. */
    @Override
    public Optional<URI> host(String account) {
        return workspaces.find(account).map(Workspace::url);
    }

    @Override
    public boolean showsNames(String account) {
        return workspaces.find(account).filter(Workspace::names).isPresent();
    }
}
