package io.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.catalog.RunFilter.Members;
import io.freshet.event.LeftOut;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is not to be run is left out, and said to be. */
class RunFilterTest {

    private static final LeftOut ARCHIVED = LeftOut.report("r9", "archived");
    /** r1 uses d1, r2 both, r3 uses d2; nobody uses d3. */
    private static final Usages USAGES = Usages.of(
            Map.of(
                    "d1", new Usages.Users(tokens("r1", "r2"), List.of(ARCHIVED), Map.of()),
                    "d2", new Usages.Users(tokens("r2", "r3"), List.of(), Map.of()),
                    "d3", new Usages.Users(tokens(), List.of(), Map.of())),
            List.of(),
            Map.of(),
            Map.of());

    private static SortedSet<String> tokens(String... tokens) {
        return new TreeSet<>(List.of(tokens));
    }

    private static Members datasets(String... tokens) {
        return new Members(Set.of(tokens), Set.of());
    }

    private static Members reports(String... tokens) {
        return new Members(Set.of(), Set.of(tokens));
    }

    private static Usages excluding(Members excluded) {
        return new RunFilter(false, Optional.empty(), excluded).apply(USAGES);
    }

    private static Usages including(Members included) {
        return new RunFilter(false, Optional.of(included), Members.NONE).apply(USAGES);
    }

    @Test
    void shouldLeaveOutAReportThatIsExcluded() {
        var left = excluding(reports("r2"));

        assertThat(left.reportsByDataset()).isEqualTo(Map.of("d1", tokens("r1"), "d2", tokens("r3"), "d3", tokens()));
        assertThat(left.leftOut()).containsExactly(ARCHIVED, LeftOut.report("r2", "excluded"));
    }

    @Test
    void shouldLeaveOutADatasetThatIsExcludedAndTheReportsThatUseNoOther() {
        var left = excluding(datasets("d1"));

        assertThat(left.reportsByDataset()).isEqualTo(Map.of("d2", tokens("r2", "r3"), "d3", tokens()));
        assertThat(left.leftOut())
                .containsExactly(ARCHIVED, LeftOut.dataset("d1", "excluded"), LeftOut.report("r1", "excluded"));
    }

    @Test
    void shouldRunAnIncludedReportWithAllOfItsDatasetsAndNoOther() {
        var left = including(reports("r2"));

        assertThat(left.reportsByDataset()).isEqualTo(Map.of("d1", tokens("r2"), "d2", tokens("r2"), "d3", tokens()));
        assertThat(left.leftOut())
                .containsExactly(ARCHIVED, LeftOut.report("r1", "excluded"), LeftOut.report("r3", "excluded"));
    }

    @Test
    void shouldRunTheReportsOfAnIncludedDatasetWithTheOthersThatTheyUse() {
        var left = including(datasets("d1"));

        assertThat(left.reportsByDataset())
                .isEqualTo(Map.of("d1", tokens("r1", "r2"), "d2", tokens("r2"), "d3", tokens()));
        assertThat(left.leftOut()).containsExactly(ARCHIVED, LeftOut.report("r3", "excluded"));
    }

    @Test
    void shouldExcludeWhatIsIncludedAsWell() {
        var left = new RunFilter(false, Optional.of(datasets("d1")), reports("r1")).apply(USAGES);

        assertThat(left.reportsByDataset().get("d1")).containsExactly("r2");
        assertThat(left.leftOut()).contains(LeftOut.report("r1", "excluded"));
    }

    @Test
    void shouldRunNothingAsAShadowAndSayWhatWouldBe() {
        var left = new RunFilter(true, Optional.empty(), reports("r1")).apply(USAGES);

        assertThat(left.reportsByDataset()).isEqualTo(Map.of("d1", tokens(), "d2", tokens(), "d3", tokens()));
        assertThat(left.leftOut())
                .containsExactly(
                        ARCHIVED,
                        LeftOut.report("r1", "excluded"),
                        LeftOut.report("r2", "shadow"),
                        LeftOut.report("r3", "shadow"));
    }

    @Test
    void shouldLeaveOutADatasetThatIsAskedForByItself() {
        var asked = Usages.ofDataset("d1", DatasetRow.UNKNOWN, Map.of());
        var excluded = new RunFilter(false, Optional.empty(), datasets("d1")).apply(asked);
        var shadow = new RunFilter(true, Optional.empty(), Members.NONE).apply(asked);

        assertThat(excluded.leftOut()).containsExactly(LeftOut.dataset("d1", "excluded"));
        assertThat(excluded.isAskedFor("d1")).isFalse();
        assertThat(shadow.leftOut()).containsExactly(LeftOut.dataset("d1", "shadow"));
        assertThat(shadow.isAskedFor("d1")).isFalse();
    }
}
