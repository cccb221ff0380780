package io.freshet.event;

import java.util.Collection;
import java.util.Optional;

/** Which workspaces there are, by account: the username in Mode. */
public interface Accounts {

    boolean knows(String account);

    Collection<String> all();

    /** The one workspace that an event means which names none; empty where there are several. */
    Optional<String> only();
}
