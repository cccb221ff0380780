package io.freshet.mode;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What the request limit of a workspace shows on the management port. */
record LimitGauges(String account, MeterRegistry metrics) {

    static void register(String account, RequestLimit limit, MeterRegistry metrics) {
        var gauges = new LimitGauges(account, metrics);
        gauges.gauge("freshet.workspace.owned", "1 if this replica owns the workspace", () -> limit.isOwned() ? 1 : 0);
        gauges.gauge(
                "freshet.workspace.paused",
                "1 while this replica owns the workspace and its calls to Mode are held back",
                () -> limit.isPaused() ? 1 : 0);
        gauges.gauge(
                "freshet.budget.limit", "requests per period that are used of the workspace's limit", () -> limit.use()
                        .limit());
        gauges.gauge("freshet.budget.free", "calls that could leave now", () -> limit.use()
                .free());
        gauges.gauge("freshet.budget.waiting", "calls that wait for their turn", () -> limit.use()
                .waiting());
        gauges.gauge(
                "freshet.circuit.open",
                "1 while calls are held back because Mode is in trouble",
                () -> limit.circuitTrouble().isPresent() ? 1 : 0);
    }

    private void gauge(String name, String what, Supplier<Number> value) {
        Gauge.builder(name, value).description(what).tag("account", account).register(metrics);
    }
}
