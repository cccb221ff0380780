package io.freshet.catalog;

import io.freshet.event.DisplayName;
import io.freshet.mode.Answer;
import io.freshet.mode.DataSource;
import io.freshet.mode.Modes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which databases are connected to a workspace: they change seldom, so Mode is asked at most once a minute, and once in ten if nobody misses one. */
@ApplicationScoped
public class DataSources {

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final int MOST_WORKSPACES = 1_000;
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Modes modes;
    private final Clock clock;
    private final Listings byAccount;

    DataSources(Modes modes, Clock clock) {
        this.modes = modes;
        this.clock = clock;
        this.byAccount = new Listings(GOOD_FOR, MOST_WORKSPACES, clock);
    }

    /** As they were asked for within ten minutes. Those that were deleted are not among them. */
    public Uni<Answer<List<DataSource>>> of(String account) {
        return of(account, GOOD_FOR);
    }

    /** One is missing there: as they were asked for within the last minute. */
    public Uni<Answer<List<DataSource>>> ofNow(String account) {
        return of(account, BETWEEN);
    }

    /** What people call it, if they were asked for within ten minutes. Mode isn't asked. */
    Optional<String> nameOf(String account, String token) {
        return byAccount.<List<DataSource>>known(account).stream()
                .flatMap(List::stream)
                .filter(source -> source.token().equals(token))
                .findFirst()
                .flatMap(source -> DisplayName.of(source.name(), token));
    }

    private Uni<Answer<List<DataSource>>> of(String account, Duration age) {
        return byAccount.get(account, clock.instant().minus(age), () -> ask(account));
    }

    private Uni<Answer<List<DataSource>>> ask(String account) {
        return modes.find(account)
                .orElseThrow(() -> new IllegalArgumentException("no workspace " + account))
                .dataSources()
                .map(answer -> answer.map(DataSources::present));
    }

    private static List<DataSource> present(List<DataSource> all) {
        return all.stream().filter(source -> !source.deleted()).toList();
    }
}
