package io.freshet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** All commands. Nothing of it is loaded where the service is started. */
public final class CommandLineTool {

    /** As the package says; read when a native executable is built. */
    private static final String VERSION = Optional.ofNullable(
                    CommandLineTool.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");

    private final Terminal terminal;
    private final CommandLine commandLine;

    CommandLineTool(Terminal terminal, List<Command> commands) {
        this.terminal = terminal;
        var root = CommandSpec.create().name("freshet");
        root.version("Freshet " + VERSION);
        root.usageMessage()
                .description(
                        "Keeps Mode reports as fresh as the data under them. Without a command this is the service.")
                .footer(
                        "",
                        "Exit codes: 0 done; 1 ended badly; 2 wrong arguments or settings; 3 refused by Freshet;",
                        "4 Freshet can't be reached, or can't tell in time.");
        root.addOption(Options.help());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version and exit")
                .build());
        commands.forEach(command -> root.addSubcommand(command.spec().name(), wrapped(command)));
        this.commandLine = new CommandLine(root)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setExecutionStrategy(this::execute)
                .setExecutionExceptionHandler((e, line, given) -> failed(e, line));
        commandLine.addSubcommand(CompletionCommand.NAME, wrapped(new CompletionCommand(commandLine)));
    }

    private static CommandSpec wrapped(Command command) {
        var described = command.spec();
        var spec = CommandSpec.wrapWithoutInspection(command).name(described.name());
        described.options().forEach(spec::addOption);
        described.positionalParameters().forEach(spec::addPositional);
        spec.usageMessage().description(described.usageMessage().description());
        return spec;
    }

    /** @return the exit code */
    public static int run(String... args) {
        QuietLogs.begin();
        var terminal = new Terminal(
                new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), System.getenv());
        return withAllCommands(terminal).execute(args);
    }

    static CommandLineTool withAllCommands(Terminal terminal) {
        return new CommandLineTool(
                terminal,
                List.of(
                        new DoctorCommand(DoctorSettings::read, Clock.systemUTC()),
                        new SendCommand(Clock.systemUTC()),
                        new PlanCommand(),
                        new StatusCommand(),
                        new ReportsCommand(),
                        new DescribeCommand(),
                        new RefreshCommand(),
                        HoldCommand.hold(),
                        HoldCommand.release(),
                        new DeadLettersCommand(),
                        new RedriveCommand()));
    }

    int execute(String... args) {
        return commandLine.execute(args);
    }

    private int execute(ParseResult given) {
        var help = CommandLine.executeHelpRequest(given);
        if (help != null) {
            return help;
        }
        if (!given.hasSubcommand()) {
            throw new CommandLine.ParameterException(commandLine, "Which command?");
        }
        var command = given.subcommand();
        try {
            Options.checkOutput(command);
            return ((Command) command.commandSpec().userObject()).run(command, terminal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.LATER;
        } catch (UsageException e) {
            throw new CommandLine.ParameterException(
                    command.commandSpec().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static int failed(Exception e, CommandLine line) {
        line.getErr().println("a fault of Freshet's, not of yours: " + e);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
