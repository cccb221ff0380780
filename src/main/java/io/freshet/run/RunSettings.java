package io.freshet.run;

import static io.freshet.run.SettingsCheck.atLeast;
import static io.freshet.run.SettingsCheck.check;
import static io.freshet.run.SettingsCheck.notNegative;
import static io.freshet.run.SettingsCheck.positive;

import io.freshet.catalog.LearntSources;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.mode.ModeConfig;
import io.freshet.plan.RefusedRuns;
import io.freshet.plan.RunFirst;
import io.freshet.state.TrackingPolicy;
import io.freshet.workspace.Workspaces;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How runs are posted and followed, checked: a value that makes no sense is said in one line that names it. */
@ApplicationScoped
class RunSettings {

    private static final long LEAST_ANSWER = 1 << 16;

    /** @throws ConfigurationException if a setting makes no sense */
    @Produces
    @Singleton
    TrackingPolicy policy(TrackingConfig tracking, PostingConfig posting, ModeConfig mode) {
        positive("freshet.tracking.poll-min", tracking.pollMin());
        positive("freshet.tracking.timeout", tracking.timeout());
        notNegative("freshet.tracking.vanish-after", tracking.vanishAfter());
        notNegative("freshet.tracking.unclear-after", tracking.unclearAfter());
        notNegative("freshet.posting.grace", posting.grace());
        notNegative("freshet.posting.give-up-after", posting.giveUpAfter());
        check(
                mode.maxAnswer().asLongValue() >= LEAST_ANSWER,
                "freshet.mode.max-answer is " + mode.maxAnswer().asLongValue() + " bytes: it must be at least 64K");
        check(
                tracking.pollMax().compareTo(tracking.pollMin()) >= 0,
                "freshet.tracking.poll-max is " + tracking.pollMax()
                        + ": it must be at least freshet.tracking.poll-min");
        atLeast(1, "freshet.posting.give-up-attempts", posting.giveUpAttempts());
        return new TrackingPolicy(
                tracking.pollMin(),
                tracking.pollMax(),
                tracking.timeout(),
                posting.grace(),
                mode.readTimeout(),
                tracking.vanishAfter(),
                tracking.unclearAfter(),
                posting.giveUpAttempts(),
                posting.giveUpAfter());
    }

    @Produces
    @Singleton
    RunFirst runFirst(Workspaces workspaces, WorkspaceFacts facts, RefusedRuns refused) {
        return new RunFirst(
                account -> workspaces.find(account).orElseThrow().datasetsFirst(), facts::isLearnt, refused);
    }

    @Produces
    @Singleton
    LearntSources learntSources(WorkspaceFacts facts) {
        return facts::learntSources;
    }
}
