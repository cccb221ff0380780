package io.freshet.testing;

import io.freshet.sandbox.SandboxSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** An application that hurries, and a Mode that lets it: for what a test needn't wait for. */
public final class Prompt {

    /** Its period is short, as each start waits for one before it calls. */
    public static final SandboxSettings MODE = SandboxSettings.defaults().withRateLimit(400, Duration.ofSeconds(1));

    public static final Map<String, String> SETTINGS = Map.of(
            "freshet.coalesce.quiet", "100ms",
            "freshet.coalesce.max-wait", "500ms",
            "freshet.tracking.poll-min", "100ms",
            "freshet.tracking.poll-max", "1s",
            "freshet.posting.grace", "1s",
            "freshet.mode.read-timeout", "5s",
            "freshet.ledger.transaction-timeout", "2s");

    private Prompt() {}

    /** With these settings instead, or besides. */
    public static Map<String, String> but(Map<String, String> others) {
        var all = new HashMap<>(SETTINGS);
        all.putAll(others);
        return Map.copyOf(all);
    }
}
