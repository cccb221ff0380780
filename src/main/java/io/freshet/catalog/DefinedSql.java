package io.freshet.catalog;

import io.freshet.mode.Answer.Success;
import io.freshet.mode.Definition;
import io.freshet.mode.Mode;
import io.freshet.tables.SqlTables;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What the definitions of workspaces say. Nothing in a listing tells when one was edited, so all are read anew, with one call
 * in ten minutes at most: so long SQL may be taken for what it was.
 */
@ApplicationScoped
class DefinedSql {

    private static final Logger LOG = Logger.getLogger(DefinedSql.class);

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final int MOST_WORKSPACES = 1_000;

    private final PrecisionConfig config;
    private final ScheduledExecutorService timer;
    private final Listings answers;

    DefinedSql(PrecisionConfig config, Clock clock, @Identifier("timer") ScheduledExecutorService timer) {
        this.config = config;
        this.timer = timer;
        this.answers = new Listings(GOOD_FOR, MOST_WORKSPACES, clock);
    }

    /** By their names; none if Mode can't say now. Never fails. */
    Uni<Map<String, SqlTables>> of(Mode mode) {
        return answers.get(mode.account(), Instant.EPOCH, () -> ask(mode).map(Success<Map<String, SqlTables>>::new))
                .map(answer -> answer.fold(found -> found, failure -> Map.<String, SqlTables>of()))
                .ifNoItem()
                .after(config.readWithin())
                .on(timer)
                .recoverWithItem(Map.of());
    }

    /** That they can't be had is remembered as long as what they say. */
    private static Uni<Map<String, SqlTables>> ask(Mode mode) {
        return mode.sqlTexts()
                .definitions()
                .map(answer -> answer.fold(DefinedSql::read, failure -> none(mode, failure)))
                .onFailure()
                .recoverWithItem(failure -> none(mode, failure));
    }

    private static Map<String, SqlTables> read(List<Definition> definitions) {
        return definitions.stream()
                .collect(Collectors.toMap(
                        Definition::name, definition -> SqlTables.of(definition.source()), SqlTables::and));
    }

    private static Map<String, SqlTables> none(Mode mode, Object why) {
        LOG.warnf("definitions=unreadable account=%s %s", mode.account(), why);
        return Map.of();
    }
}
