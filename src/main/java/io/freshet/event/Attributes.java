package io.freshet.event;

import java.util.Optional;

/** What an envelope says. Only what is asked for is read: nothing else can be wrong with it. */
interface Attributes {

    /** @throws Unusable if it is there and no text */
    Optional<String> get(String attribute);

    /** As its writer spells it. */
    String name(String attribute);
}
