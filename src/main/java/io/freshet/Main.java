package io.freshet;

import io.freshet.cli.CommandLineTool;
import io.quarkus.runtime.Quarkus;

/** Without arguments this is the service; with some it is the command line, and nothing of the service is started. */
public final class Main {

    private Main() {}

    public static void main(String... args) {
        if (args.length == 0) {
            Quarkus.run();
        } else {
            System.exit(CommandLineTool.run(args));
        }
    }
}
