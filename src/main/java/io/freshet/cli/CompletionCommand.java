package io.freshet.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What a shell needs to complete commands. */
final class CompletionCommand implements Command {

    static final String NAME = "generate-completion";

    private final CommandLine whole;

    CompletionCommand(CommandLine whole) {
        this.whole = whole;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create().name(NAME).addOption(Options.help());
        spec.usageMessage().description("Prints a completion script for bash and zsh: source <(freshet " + NAME + ")");
        return spec;
    }

    @Override
    public int run(ParseResult given, Terminal terminal) {
        terminal.line(AutoComplete.bash("freshet", whole));
        return ExitCode.GOOD;
    }
}
