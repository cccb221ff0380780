package io.freshet.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Libraries have no say in what a command prints: what they log of a broker that is away is said in one line by the command. */
final class QuietLogs {

    private QuietLogs() {}

    /** Before the first logger is asked for. */
    static void begin() {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Logger.getLogger("").setLevel(Level.OFF);
    }
}
