package io.freshet.schedule;

import static io.freshet.state.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schedule.CollectionIndex.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollectionIndexTest {

    private static final Page FIRST = new Page("sales", 1);
    private static final Page SECOND = new Page("sales", 2);

    private final CollectionIndex index = new CollectionIndex();

    private void locate(String... reports) {
        for (var report : reports) {
            index.locate(report, Optional.of("sales"), NOON);
        }
    }

    /** Both reports are on the first page, and nothing is on the second one. */
    private void readToTheEnd() {
        locate("r1", "r2");
        index.read(FIRST, false, List.of("r1", "r2"), List.of("r1", "r2"), NOON);
        index.read(SECOND, false, List.of(), List.of(), NOON);
    }

    @Test
    void shouldLookOnTheNextPageForAReportThatNoPageHasShown() {
        locate("r1", "r2");

        index.read(FIRST, false, List.of("r1"), List.of("r1", "r2"), NOON);

        assertThat(index.pageToRead("r1", NOON)).contains(FIRST);
        assertThat(index.pageToRead("r2", NOON)).contains(SECOND);
    }

    @Test
    void shouldReadNoFurtherThanAPageThatShowsNothingNew() {
        locate("r1", "r2", "r3");
        index.read(FIRST, false, List.of("r1"), List.of(), NOON);

        index.read(SECOND, false, List.of("r1"), List.of(), NOON);

        assertThat(index.pageOf("r1")).as("the end may show the same again").contains(FIRST);
        assertThat(index.pageToRead("r2", NOON)).isEmpty();
    }

    @Test
    void shouldFindThePageOfReportsInPassing() {
        locate("r1");

        index.read(FIRST, false, List.of("r1", "r7"), List.of("r1"), NOON);

        assertThat(index.isLocated("r7")).isTrue();
        assertThat(index.pageOf("r7")).contains(FIRST);
    }

    @Test
    void shouldOfferAPageOnlyIfTwoReportsOfItsCollectionAreOnNoPageYet() {
        locate("r1");
        assertThat(index.sharedPages(NOON)).isEmpty();

        locate("r2");

        assertThat(index.sharedPages(NOON)).containsExactly(FIRST);
        index.read(FIRST, false, List.of("r1"), List.of(), NOON);
        assertThat(index.sharedPages(NOON)).isEmpty();
    }

    @Test
    void shouldOfferTheNextPageAfterAFullOneThatShowedSeveral() {
        index.read(FIRST, true, List.of("r1", "r2"), List.of(), NOON);
        assertThat(index.sharedPages(NOON)).containsExactly(SECOND);

        index.read(SECOND, true, List.of("r3"), List.of(), NOON);

        assertThat(index.sharedPages(NOON)).as("one is not several").isEmpty();
    }

    @Test
    void shouldAskWhereAReportIsThatItsPageNoLongerShows() {
        readToTheEnd();

        index.read(FIRST, false, List.of("r2"), List.of("r1", "r2"), NOON);

        assertThat(index.isLocated("r1")).isFalse();
        assertThat(index.isLocated("r2")).isTrue();
    }

    @Test
    void shouldReadACollectionFromItsFirstPageAtMostOnceAMinute() {
        readToTheEnd();
        index.read(FIRST, false, List.of("r2"), List.of("r1", "r2"), NOON.plusSeconds(59));
        locate("r1");
        assertThat(index.pageToRead("r1", NOON.plusSeconds(59))).isEmpty();

        index.read(FIRST, false, List.of(), List.of("r2"), NOON.plusSeconds(60));

        assertThat(index.pageToRead("r1", NOON.plusSeconds(60))).contains(FIRST);
    }

    @Test
    void shouldReadARefusedCollectionAgainAMinuteLater() {
        locate("r1", "r2");

        index.refuse(FIRST, List.of("r1", "r2"), NOON);

        assertThat(index.pageToRead("r1", NOON.plusSeconds(59))).isEmpty();
        assertThat(index.pageToRead("r1", NOON.plusSeconds(60))).contains(FIRST);
    }

    @Test
    void shouldNotAskAgainWhereAReportIsThatModeTellsNoCollectionOf() {
        index.locate("r1", Optional.empty(), NOON);

        assertThat(index.isLocated("r1")).isTrue();
        assertThat(index.pageToRead("r1", NOON)).isEmpty();
    }
}
