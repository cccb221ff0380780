package io.freshet.api.admin;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Says in the log what an admin has asked for, and who that is. */
@ApplicationScoped
class Audit {

    private static final Logger LOG = Logger.getLogger(Audit.class);
    private static final int LONGEST_NAME = 100;

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
    void say(String deed, String what) {
        LOG.infof("admin=%s by=%s %s", deed, by(), what);
    }

    /** Who asks. A provider's name for somebody may have any characters. */
    String by() {
        var name = identity.getPrincipal().getName().replaceAll("[^\\p{Alnum}@._+-]", "_");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
