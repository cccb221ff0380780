package io.freshet.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.ChangeKey;
import io.freshet.event.Presentations;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Records as they lie in the topics, written by hand, and a view that has read them. */
final class Records {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    static final String RUNS_NONE = "{'succeeded':0,'failed':0,'cancelled':0,'timed_out':0,'rejected':0,'left_out':0}";

    final StateView view = new StateView(Presentations.WITH_NAMES);
    private final BiConsumer<byte[], byte[]> reader;

    Records() {
        this.reader = view::apply;
    }

    /** That another view reads. */
    Records(ClusterView reader) {
        this.reader = reader::apply;
    }

    /** With single quotes for double ones. */
    static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    static long digest(String id) {
        return ChangeKey.digest("/etl", id);
    }

    static String hex(String id) {
        return "%016x".formatted(digest(id));
    }

    static String identities(String... ids) {
        var bytes = ByteBuffer.allocate(ids.length * 16);
        for (var id : ids) {
            bytes.putLong(digest(id)).putLong(NOON.getEpochSecond() * 1_000_000_000L + NOON.getNano());
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    void read(String key, String value) {
        reader.accept(key.getBytes(UTF_8), json("{'v':1,'min_reader':1," + value + "}"));
    }

    void gone(String key) {
        reader.accept(key.getBytes(UTF_8), null);
    }

    void opened(String id) {
        read(
                "acme/changes/" + hex(id),
                "'account':'acme','data_source':'5a1d','source':'/etl','id':'%s','changed_at':'%s','topic':'t','partition':0,'offset':7,'timestamp':1"
                        .formatted(id, NOON));
    }

    void closed(String id) {
        gone("acme/changes/" + hex(id));
    }

    void planned(long batch, int leftOut, String... ids) {
        read(
                "acme/batches/" + batch,
                "'state':'open','data_source':'5a1d','planned_at':'%s','changes':{'listed':[],'count':%d},'identities':'%s','left_out':%d,'not_succeeded':[]"
                        .formatted(NOON, ids.length, identities(ids), leftOut));
    }

    void settled(long batch, String outcome, String runs, String more, String... ids) {
        read(
                "acme/batches/" + batch,
                "'state':'settled','data_source':'5a1d','planned_at':'%s','settled_at':'%s','identities':'%s','outcome':'%s','runs':%s%s"
                        .formatted(NOON, NOON.plusSeconds(60), identities(ids), outcome, runs, more));
    }

    void waiting(String token, String batches, String outcomes) {
        read(
                "acme/reports/" + token,
                "'state':'waiting','request':{'dataset_tokens':['d1','d2'],'batches':[%s],'requested_at':'%s'},'not_before':'%s','attempts':{'count':0},'history':{'outcomes':[%s]}"
                        .formatted(batches, NOON, NOON.plusSeconds(1), outcomes));
    }

    void running(String token, String batches, String followUp) {
        read(
                "acme/reports/" + token,
                "'state':'running','request':{'dataset_tokens':['d1'],'batches':[%s],'requested_at':'%s','backfill':true},%s'run_token':'0123456789ab','accepted_at':'%s','adopted':false,'mode_state':'pending','ask_at':'%s','poll_interval':'PT2S','history':{'last_run':'ba9876543210','last_outcome':'failed'}"
                        .formatted(
                                batches,
                                NOON,
                                followUp.isEmpty()
                                        ? ""
                                        : "'next':{'dataset_tokens':['d1'],'batches':[%s],'requested_at':'%s'},"
                                                .formatted(followUp, NOON),
                                NOON.plusSeconds(2),
                                NOON.plusSeconds(4)));
    }

    void posting(String token, String batches) {
        read(
                "acme/reports/" + token,
                "'state':'posting','request':{'dataset_tokens':[],'batches':[%s],'requested_at':'%s'},'attempted_at':'%s','not_created_before':'%s','look_at':'%s','attempts':{'count':1},'history':{}"
                        .formatted(batches, NOON, NOON.plusSeconds(1), NOON, NOON.plusSeconds(9)));
    }

    void atRest(String token, String history) {
        read("acme/reports/" + token, "'state':'settled','since':'%s','history':{%s}".formatted(NOON, history));
    }

    ReportList reports(ReportQuery query) {
        return view.reports(query, Map.of());
    }

    Optional<ChangeStatus> change(String id) {
        return view.change("acme", digest(id));
    }
}
