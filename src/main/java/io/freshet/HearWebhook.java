package io.freshet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.event.ReportKey;
import io.freshet.ops.Story;
import io.freshet.refresh.Pace;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Mode's webhook {@code report_run_completed}: a hint that makes Freshet ask now. It counts for an open run of this
 * replica, once per {@code poll-min}; a hint that is lost, or heard by a replica that doesn't have the report, only costs
 * time. Whoever knows the address learns nothing from the answers.
 */
@Path("/webhooks/mode/{secret}")
public class HearWebhook {

    private final Optional<String> secret;
    private final Workspaces workspaces;
    private final TakeSteps takeSteps;
    private final Story story;
    /** Runs that were asked after because of a hint, a moment ago. */
    private final Cache<String, Boolean> hinted;

    HearWebhook(WebhookConfig config, Workspaces workspaces, TakeSteps takeSteps, Pace pace, Story story) {
        this.secret = config.secret();
        this.workspaces = workspaces;
        this.takeSteps = takeSteps;
        this.story = story;
        this.hinted = Caffeine.newBuilder().expireAfterWrite(pace.pollMin()).build();
    }

    @POST
    @Consumes("*/*")
    public Uni<Void> hear(@PathParam("secret") String given, byte[] body) {
        if (secret.filter(ours -> isSame(ours, given)).isEmpty()) {
            throw new NotFoundException();
        }
        return Hint.in(new String(body, StandardCharsets.UTF_8))
                .map(this::follow)
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Takes as long whatever is given. */
    private static boolean isSame(String ours, String given) {
        return MessageDigest.isEqual(ours.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private Uni<Void> follow(Hint hint) {
        var report = workspaces.all().stream()
                .map(Workspace::account)
                .map(account -> new ReportKey(account, hint.report()))
                .filter(key -> takeSteps.isOpen(key, hint.run()))
                .findFirst();
        var isNews = report.isPresent() && hinted.asMap().putIfAbsent(hint.run(), true) == null;
        story.hinted(isNews);
        return isNews
                ? takeSteps.hinted(report.get(), hint.run())
                : Uni.createFrom().voidItem();
    }
}
