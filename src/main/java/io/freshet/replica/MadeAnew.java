package io.freshet.replica;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.jboss.logging.Logger;

/**
 * Notices when one of Freshet's own topics was deleted and made again under it. What is in memory isn't in the new topic, and
 * the positions are those of the old one.
 */
final class MadeAnew {

    private static final Logger LOG = Logger.getLogger(MadeAnew.class);

    private final Map<String, Uuid> first = new HashMap<>();
    private Optional<String> cause = Optional.empty();

    synchronized void look(Map<String, Uuid> ids) {
        ids.forEach((topic, id) -> {
            var before = first.putIfAbsent(topic, id);
            if (before != null && !before.equals(id) && cause.isEmpty()) {
                var why =
                        "topic %s was deleted and made again while this replica ran: it must be restarted, and begins with what is there"
                                .formatted(topic);
                LOG.errorf("topic=%s made_anew=true: %s", topic, why);
                cause = Optional.of(why);
            }
        });
    }

    /** Why this replica must be restarted; empty while it need not be. */
    synchronized Optional<String> cause() {
        return cause;
    }
}
