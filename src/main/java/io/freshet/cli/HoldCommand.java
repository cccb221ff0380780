package io.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Holds a workspace, a data source or a report, or releases it. */
final class HoldCommand implements Command {

    private final String name;
    private final String description;
    private final boolean isRelease;

    private HoldCommand(String name, String description, boolean isRelease) {
        this.name = name;
        this.description = description;
        this.isRelease = isRelease;
    }

    static Command hold() {
        return new HoldCommand("hold", "Holds it: nothing is posted for it until it is released.", false);
    }

    static Command release() {
        return new HoldCommand("release", "Releases what is held: what has waited is posted.", true);
    }

    @Override
    public CommandSpec spec() {
        return Options.remote(name, description)
                .addPositional(Options.argument(0, "ACCOUNT", "The workspace's username in Mode"))
                .addPositional(Options.argument(1, "SUBJECT", "workspace, data_source:TOKEN or report:TOKEN"))
                .addOption(Options.option("--why", "TEXT", "For whoever finds it so"));
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var answer = answer(given, FreshetApi.of(given, terminal.variables()));
        return new Show(name + " was not done", terminal)
                .answer(
                        given,
                        answer,
                        fact -> terminal.line("%s account=%s subject=%s"
                                .formatted(
                                        isRelease ? "released" : "held",
                                        Options.argument(given, 0),
                                        Options.argument(given, 1))));
    }

    private FreshetApi.Answer answer(ParseResult given, FreshetApi api) throws InterruptedException {
        var path = FreshetApi.path("/api/v1/workspaces/%s/holds", Options.argument(given, 0));
        var subject = Options.argument(given, 1);
        var why = Options.value(given, "--why");
        if (isRelease) {
            return api.delete(path
                    + FreshetApi.path("/%s", subject)
                    + why.map(text -> FreshetApi.path("?why=%s", text)).orElse(""));
        }
        var hold = JsonNodeFactory.instance.objectNode().put("subject", subject);
        why.ifPresent(text -> hold.put("why", text));
        return api.post(path, hold, Map.of());
    }
}
