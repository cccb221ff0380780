package io.freshet.api.access;

import java.util.Set;

/** What a token may be good for: those of Freshet's own, and those of an OpenID Connect provider. */
public final class Role {

    /** May read, where reading needs a role. */
    public static final String VIEWER = "viewer";

    /** May read, plan, refresh, hold and redrive. */
    public static final String OPERATOR = "operator";

    /** May do all. */
    public static final String ADMIN = "admin";

    /** May send changes and lineage, and nothing else. */
    public static final String PRODUCER = "producer";

    static final Set<String> ALL = Set.of(VIEWER, OPERATOR, ADMIN, PRODUCER);
    static final Set<String> READERS = Set.of(VIEWER, OPERATOR, ADMIN);

    private Role() {}
}
