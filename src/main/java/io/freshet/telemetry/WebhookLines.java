package io.freshet.telemetry;

import io.freshet.event.Change;
import io.freshet.telemetry.log.OncePerMinute;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** What producers' webhooks come to. */
@ApplicationScoped
public class WebhookLines {

    private static final Logger LOG = Logger.getLogger(WebhookLines.class);

    private final MeterRegistry metrics;
    private final OncePerMinute lines = new OncePerMinute();

    WebhookLines(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** The change that it means is on its topic. */
    public void sent(String webhook, Change change) {
        count(webhook, "sent");
        LOG.infof(
                "webhook=%s outcome=sent account=%s %s",
                webhook, change.account(), change.ref().shown());
    }

    /** It says nothing of changed data, or of other loads than those that are wanted. */
    public void ignored(String webhook) {
        count(webhook, "ignored");
        LOG.debugf("webhook=%s outcome=ignored", webhook);
    }

    /** No change can be made of it. */
    public void refused(String webhook, String reason) {
        count(webhook, "refused");
        if (lines.isDue("refused " + webhook)) {
            LOG.warnf("webhook=%s outcome=refused reason=\"%s\"", webhook, reason);
        }
    }

    /** Whoever sent it doesn't know the secret. */
    public void unsigned(String webhook) {
        count(webhook, "unsigned");
        if (lines.isDue("unsigned " + webhook)) {
            LOG.warnf(
                    "webhook=%s outcome=unsigned: its sender must use freshet.webhooks.\"%s\".secret",
                    webhook, webhook);
        }
    }

    private void count(String webhook, String outcome) {
        metrics.counter("freshet.webhook.changes", "webhook", webhook, "outcome", outcome)
                .increment();
    }
}
