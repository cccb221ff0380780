package io.freshet.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One call of the command line in this process. */
public record Call(int code, String out, String err) {

    public static Call of(Map<String, String> variables, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var tool = CommandLineTool.withAllCommands(
                new Terminal(new PrintWriter(out), new PrintWriter(err), Map.copyOf(variables)));
        return new Call(tool.execute(args), out.toString(), err.toString());
    }

    static Call doctor(Supplier<DoctorSettings> settings, Clock clock, String... options) {
        var out = new StringWriter();
        var err = new StringWriter();
        var tool = new CommandLineTool(
                new Terminal(new PrintWriter(out), new PrintWriter(err), Map.of()),
                List.of(new DoctorCommand(settings, clock)));
        var args = new String[options.length + 1];
        args[0] = "doctor";
        System.arraycopy(options, 0, args, 1, options.length);
        return new Call(tool.execute(args), out.toString(), err.toString());
    }
}
