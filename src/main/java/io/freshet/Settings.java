package io.freshet;

import io.freshet.state.TrackingPolicy;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;

/** What the flows are set to, checked: a value that makes no sense is said in one line that names it. */
@ApplicationScoped
class Settings {

    /** What may stand in an address, and is too long to be guessed. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{24,128}");

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** @throws ConfigurationException where a setting makes no sense */
    @Produces
    @Singleton
    TrackingPolicy pace(TrackingConfig tracking, PostingConfig posting) {
        positive("freshet.tracking.poll-min", tracking.pollMin());
        positive("freshet.tracking.timeout", tracking.timeout());
        notNegative("freshet.tracking.vanish-after", tracking.vanishAfter());
        notNegative("freshet.posting.grace", posting.grace());
        notNegative("freshet.posting.give-up-after", posting.giveUpAfter());
        check(
                tracking.pollMax().compareTo(tracking.pollMin()) >= 0,
                "freshet.tracking.poll-max is " + tracking.pollMax()
                        + ": it must be at least freshet.tracking.poll-min");
        check(
                posting.giveUpAttempts() > 0,
                "freshet.posting.give-up-attempts is " + posting.giveUpAttempts() + ": it must be at least 1");
        return new TrackingPolicy(
                tracking.pollMin(),
                tracking.pollMax(),
                tracking.timeout(),
                posting.grace(),
                tracking.vanishAfter(),
                posting.giveUpAttempts(),
                posting.giveUpAfter());
    }

    /** @throws ConfigurationException where a setting makes no sense */
    static void check(CoalesceConfig coalesce) {
        notNegative("freshet.coalesce.quiet", coalesce.quiet());
        notNegative("freshet.coalesce.max-wait", coalesce.maxWait());
        check(coalesce.changes() > 0, "freshet.coalesce.changes is " + coalesce.changes() + ": it must be at least 1");
    }

    /** @throws ConfigurationException where a setting makes no sense; the secret itself is not shown */
    static void check(WebhookConfig webhook) {
        webhook.secret()
                .ifPresent(secret -> check(
                        SECRET.matcher(secret).matches(),
                        "freshet.webhook.secret makes no sense: it must be 24 to 128 letters, digits, - and _, as"
                                + " 'openssl rand -hex 24' makes them"));
    }

    private static void positive(String name, Duration value) {
        check(value.toMillis() > 0, name + " is " + value + ": it must be longer than nothing");
    }

    private static void notNegative(String name, Duration value) {
        check(!value.isNegative(), name + " is " + value + ": it must not be negative");
    }

    private static void check(boolean makesSense, String otherwise) {
        if (!makesSense) {
            throw new ConfigurationException(otherwise);
        }
    }
}
