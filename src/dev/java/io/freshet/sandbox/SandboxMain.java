package io.freshet.sandbox;

import java.util.List;

/** The sandbox by itself: {@code --port 8099}, {@code --account acme}, {@code --report-runs load} or {@code query}. */
public final class SandboxMain {

    private SandboxMain() {}

    public static void main(String[] args) {
        var arguments = List.of(args);
        var settings = SandboxSettings.defaults()
                .withPort(Integer.parseInt(value(arguments, "--port", "8099")))
                .withAccount(value(arguments, "--account", "acme"));
        // Its thread keeps the process alive.
        var sandbox = Sandbox.start(settings, SandboxWorkspace.sampleInUse());
        sandbox.workspace().datasetRuns().reportRuns(ReportRuns.of(value(arguments, "--report-runs", "load")));
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
        System.out.println(hello(sandbox, settings));
    }

    private static String hello(Sandbox sandbox, SandboxSettings settings) {
        return """
                Mode's sandbox listens at %1$s/api/%2$s
                  token %3$s, secret %4$s, %5$d requests in %6$d s
                  data sources %7$s, %8$d datasets, %9$d reports
                  curl -u %3$s:%4$s %1$s/api/%2$s/data_sources/%10$s/datasets
                  break it: curl -X POST '%1$s/trouble?status=503', and mend it: curl -X DELETE %1$s/trouble""".formatted(
                        sandbox.url(),
                        settings.account(),
                        settings.token(),
                        settings.secret(),
                        settings.requests(),
                        settings.period().toSeconds(),
                        sandbox.workspace().dataSources(),
                        sandbox.workspace().datasets().size(),
                        sandbox.workspace().reports().size(),
                        SampleWorkspace.ORDERS_WAREHOUSE);
    }

    private static String value(List<String> arguments, String name, String otherwise) {
        var at = arguments.indexOf(name);
        return at >= 0 && at + 1 < arguments.size() ? arguments.get(at + 1) : otherwise;
    }
}
