package io.freshet.api;

import io.freshet.event.ReportKey;
import io.freshet.event.Tokens;
import io.freshet.view.ReportPlace;
import io.freshet.view.ReportQuery;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The report that was seen last, as a question for the next ones says it: its account and token, and in the order of age before
 * them since when it is where it is. By this it is found again, though it may have moved meanwhile.
 */
final class After {

    private static final String DATASETS = "datasets/";
    private static final String SETTLED = "settled/";
    private static final Pattern AGE = Pattern.compile("(?<settled>settled/)?(?<since>\\d{1,15})/(?<rest>.+)");
    private static final Pattern NAME =
            Pattern.compile("(?<account>[^/]+)/(?<dataset>datasets/)?(?<token>[^/]+)"); // no account has a slash

    private After() {}

    static String write(ReportPlace seen, ReportQuery.Order order) {
        var report = seen.report();
        var name = report.account() + "/" + (report.isDataset() ? DATASETS : "") + report.reportToken();
        return switch (order) {
            case NAME -> name;
            case AGE -> (seen.isSettled() ? SETTLED : "") + seen.sinceMillis() + "/" + name;
        };
    }

    static Optional<ReportPlace> read(@Nullable String text, ReportQuery.Order order) {
        return Optional.ofNullable(text).map(given -> switch (order) {
            case NAME -> new ReportPlace(report(given), false, 0);
            case AGE -> place(given);
        });
    }

    private static ReportPlace place(String text) {
        var age = AGE.matcher(text);
        if (!age.matches()) {
            throw wrong();
        }
        return new ReportPlace(
                report(age.group("rest")), age.group("settled") != null, Long.parseLong(age.group("since")));
    }

    private static ReportKey report(String text) {
        var name = NAME.matcher(text);
        if (!name.matches() || !Tokens.isToken(name.group("token"))) {
            throw wrong();
        }
        return name.group("dataset") == null
                ? new ReportKey(name.group("account"), name.group("token"))
                : ReportKey.dataset(name.group("account"), name.group("token"));
    }

    private static RuntimeException wrong() {
        return Problem.wrong("after must be the next of an answer to a question with the same order.");
    }
}
