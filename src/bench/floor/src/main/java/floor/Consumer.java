package floor;

import java.time.Instant;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Says when it has a record. */
class Consumer {

    @Incoming("changes")
    void consume(String change) {
        System.out.println("consumed at=" + Instant.now());
    }
}
