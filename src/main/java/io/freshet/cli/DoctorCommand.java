package io.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.freshet.workspace.Workspace;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Whether Freshet would work with its settings: looks at Kafka and Mode, changes nothing, and starts nothing. */
final class DoctorCommand implements Command {

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private final Supplier<DoctorSettings> settings;
    private final Clock clock;

    DoctorCommand(Supplier<DoctorSettings> settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(
                "doctor",
                "Checks the service's settings, Kafka and Mode: a line each, with what to do.",
                "Reads the settings as the service does. Joins no group, writes nothing, and makes one call to Mode per workspace.");
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        try {
            return tell(check(settings.get()), given, terminal);
        } catch (UsageException e) {
            terminal.trouble(String.valueOf(e.getMessage())); // how to call it is not the matter
            return ExitCode.USAGE;
        }
    }

    private static int tell(List<CheckResult> found, ParseResult given, Terminal terminal) {
        if (Options.isJson(given)) {
            json(found, terminal);
        } else {
            found.forEach(one -> terminal.line(one.line()));
        }
        return found.stream().anyMatch(one -> one.level() == CheckResult.Level.FAIL) ? ExitCode.BAD : ExitCode.GOOD;
    }

    private List<CheckResult> check(DoctorSettings present) throws InterruptedException {
        var found = new ArrayList<>(KafkaChecks.results(present));
        var client = HttpClient.newBuilder().connectTimeout(CONNECTING).build();
        for (Workspace workspace : present.workspaces()) {
            found.addAll(new ModeChecks(client, clock).results(workspace));
        }
        return found;
    }

    private static void json(List<CheckResult> found, Terminal terminal) {
        var rows = JsonNodeFactory.instance.arrayNode();
        found.forEach(one -> rows.addObject()
                .put("level", one.level().word())
                .put("check", one.check())
                .put("what", one.what())
                .put("advice", one.advice()));
        terminal.json(rows);
    }
}
