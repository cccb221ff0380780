package io.freshet.replica;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The consumer group of the owners, as the brokers see it. */
interface OwnersGroup {

    /** The names of its members at present. Fails if no broker says. */
    CompletionStage<Set<String>> members();
}
