package io.freshet.api.access;

import io.freshet.telemetry.log.ForeignWord;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Says in the log what somebody has asked for, and who that is. */
@ApplicationScoped
public class Audit {

    private static final Logger LOG = Logger.getLogger(Audit.class);

    private final SecurityIdentity identity;

    Audit(SecurityIdentity identity) {
        this.identity = identity;
    }

    /**
     * To be called on the thread of the request, ahead of the deed.
     *
     * @param deed one word
     * @param what to which, in the keys of the log's other lines; nothing that wasn't checked
     */
    public void say(String deed, String what) {
        LOG.infof("admin=%s by=%s %s", deed, by(), what);
    }

    /** Who asks. */
    public String by() {
        return ForeignWord.of(identity.getPrincipal().getName());
    }
}
