package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.freshet.view.Activity;
import io.freshet.view.ActivityFeed.Numbered;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Many who look cost little more than one. */
@Execution(ExecutionMode.CONCURRENT)
class LiveEventsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final long PRESENT = Long.MAX_VALUE;

    /** Counts how often each thing is rendered. */
    private static final class CountingJson extends ObjectMapper {

        private final Map<Object, Integer> rendered = new ConcurrentHashMap<>();

        CountingJson() {
            registerModule(new JavaTimeModule());
        }

        @Override
        public String writeValueAsString(Object value) throws JsonProcessingException {
            rendered.merge(value, 1, Integer::sum);
            return super.writeValueAsString(value);
        }
    }

    private final CountingJson json = new CountingJson();
    private final AtomicInteger looks = new AtomicInteger();
    private final BroadcastProcessor<List<Numbered>> feed = BroadcastProcessor.create();

    private LiveEvents events(Duration statusEvery) {
        return new LiveEvents(seen -> feed, this::status, json, statusEvery);
    }

    private Status status() {
        var count = looks.incrementAndGet();
        return new Status(
                "replica",
                NOON.plusSeconds(count),
                List.of(),
                count,
                new Status.Reports(0, 0, 0, 0),
                new Status.Reports(0, 0, 0, 0),
                null,
                Set.of(),
                List.of(),
                List.of(),
                new Status.View("following", null, null, 0));
    }

    private static Numbered happened(int number) {
        return new Numbered(number, new Activity.Planned(NOON, "acme", "7", "source " + number, null, 1, 1, 1));
    }

    private static AssertSubscriber<byte[]> look(LiveEvents events) {
        return look(events, PRESENT);
    }

    private static AssertSubscriber<byte[]> look(LiveEvents events, long requests) {
        return events.after(PRESENT).orElseThrow().subscribe().withSubscriber(AssertSubscriber.create(requests));
    }

    private static List<String> texts(AssertSubscriber<byte[]> reader) {
        return reader.getItems().stream()
                .map(piece -> new String(piece, StandardCharsets.UTF_8))
                .toList();
    }

    private static long statuses(AssertSubscriber<byte[]> reader) {
        return texts(reader).stream()
                .filter(text -> text.startsWith("event:status\n"))
                .count();
    }

    @Test
    void shouldSpellEventsAsTheyAreStreamed() {
        var reader = look(events(NEVER));

        feed.onNext(List.of(happened(7), happened(8)));

        assertThat(texts(reader)).hasSize(2);
        assertThat(texts(reader).get(0)).startsWith("event:status\ndata:{").endsWith("}\n\n");
        assertThat(texts(reader).get(1))
                .matches(
                        "id:7\nevent:planned\ndata:\\{.*source 7.*}\n\nid:8\nevent:planned\ndata:\\{.*source 8.*}\n\n");
    }

    @Test
    void shouldRenderEachEventOnceHoweverManyLook() {
        var events = events(NEVER);
        var readers = Stream.generate(() -> look(events)).limit(20).toList();
        var one = happened(1);

        feed.onNext(List.of(one));
        feed.onNext(List.of(happened(2)));
        var late = look(events);
        feed.onNext(List.of(one));

        assertThat(readers).allSatisfy(reader -> assertThat(texts(reader)).hasSize(4));
        assertThat(texts(late)).hasSize(2);
        assertThat(json.rendered).containsEntry(one.activity(), 1).doesNotContainValue(2);
    }

    @Test
    void shouldLookAtTheStatusOnceForAll() {
        var events = events(OFTEN);
        var readers = Stream.generate(() -> look(events)).limit(20).toList();

        await().until(() -> readers.stream().allMatch(reader -> statuses(reader) > 4));
        readers.forEach(AssertSubscriber::cancel);

        assertThat(looks.get())
                .as("one for each who comes, and one at a time for all")
                .isLessThan(20 * 4);
        assertThat(json.rendered).doesNotContainValue(2);
    }

    @Test
    void shouldNotLookAtTheStatusWhileNobodyLooksAndBeginAgain() {
        var events = events(OFTEN);
        var first = look(events);
        await().until(() -> statuses(first) > 2);
        first.cancel();
        await().pollInterval(OFTEN.multipliedBy(3)).until(() -> {
            var before = looks.get();
            await().pollDelay(OFTEN.multipliedBy(2)).until(() -> true);
            return looks.get() == before;
        });

        var second = look(events);

        await().until(() -> statuses(second) > 2);
        second.cancel();
    }

    @Test
    void shouldKeepTheNewestForAReaderThatIsSlowAndNothingElseWaitsForIt() {
        var events = events(OFTEN);
        var slow = look(events, 1);
        var quick = look(events);

        await().until(() -> statuses(quick) > 6);

        slow.request(100);
        assertThat(statuses(slow)).isLessThan(5);
        slow.cancel();
        quick.cancel();
    }

    @Test
    void shouldEndWithTheFeedSoThatWhoIsCutOffConnectsAgain() {
        var reader = look(events(NEVER));

        feed.onComplete();

        reader.assertCompleted();
    }

    @Test
    void shouldLetInNoMoreThanThereArePlacesForHoweverManyComeAtOnce() throws Exception {
        var events = events(NEVER);
        var all = new ArrayList<Multi<byte[]>>();
        var crowd = Executors.newFixedThreadPool(8);
        for (var n = 0; n < 3 * LiveEvents.MOST; n++) {
            crowd.execute(() -> events.after(PRESENT).ifPresent(stream -> {
                synchronized (all) {
                    all.add(stream);
                }
            }));
        }
        crowd.shutdown();
        assertThat(crowd.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(all).hasSize(LiveEvents.MOST);
    }

    @Test
    void shouldGiveAPlaceAwayOnceItsReaderHasLeft() {
        var events = new LiveEvents(seen -> Multi.createFrom().nothing(), this::status, json, NEVER);
        var readers = Stream.generate(() -> look(events)).limit(LiveEvents.MOST).toList();
        assertThat(events.after(PRESENT)).isEmpty();

        readers.get(0).cancel();
        readers.get(0).cancel();

        assertThat(events.after(PRESENT)).isPresent();
        assertThat(events.after(PRESENT)).isEmpty();
    }
}
