package io.freshet.catalog;

import io.freshet.catalog.Usages.Users;
import io.freshet.event.DisplayName;
import io.freshet.event.LeftOut;
import io.freshet.mode.Answer;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.freshet.mode.Mode;
import io.freshet.mode.Report;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Which reports use a dataset. */
final class DatasetUsers {

    private static final Logger LOG = Logger.getLogger(Catalog.class);

    private final Listings listings;

    DatasetUsers(Listings listings) {
        this.listings = listings;
    }

    Uni<Answer<Users>> of(Mode mode, String dataset, Instant since) {
        return listings.get(
                        mode.account() + "/datasets/" + dataset + "/reports",
                        since,
                        () -> mode.reportsOfDataset(dataset))
                .map(answer -> answer.fold(
                        reports -> new Success<>(users(reports)),
                        // One dataset that was deleted since it was listed, or is out of bounds, holds no other.
                        failure -> hasNoReports(failure) ? nobody(mode, dataset, failure) : failure.as()));
    }

    private Answer<Users> nobody(Mode mode, String dataset, Answer.Failure<?> failure) {
        listings.forget(mode.account() + "/datasets/" + dataset);
        LOG.warnf("dataset=skipped account=%s dataset=%s %s", mode.account(), dataset, failure);
        var kind = failure.isNotThere() ? Kind.NOT_FOUND : failure.kind();
        var leftOut = LeftOut.dataset(dataset, kind.word());
        return new Success<>(new Users(new TreeSet<>(), List.of(leftOut), Map.of()));
    }

    /** Mode has just told of the dataset, so a page of HTML with 404 is no wrong URL. */
    private static boolean hasNoReports(Answer.Failure<?> failure) {
        return Catalog.isGone(failure) || failure.isNotThere();
    }

    private static Users users(List<Report> reports) {
        var live = new TreeSet<String>();
        var leftOut = new ArrayList<LeftOut>();
        var names = new HashMap<String, String>();
        for (var report : reports) {
            if (report.archived()) {
                leftOut.add(LeftOut.report(report.token(), Catalog.ARCHIVED));
            } else {
                live.add(report.token());
                DisplayName.of(report.name(), report.token()).ifPresent(name -> names.put(report.token(), name));
            }
        }
        return new Users(live, leftOut, names);
    }
}
