package io.freshet.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command. It is described by hand: annotations would be read by reflection, which a native executable must be told of. */
interface Command {

    CommandSpec spec();

    /** @return an {@link ExitCode} */
    int run(ParseResult given, Terminal terminal) throws InterruptedException;
}
