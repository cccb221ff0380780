package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.ReportKey;
import io.freshet.view.ReportPlace;
import io.freshet.view.ReportQuery.Order;
import jakarta.ws.rs.WebApplicationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a list goes on, as it is said and as it is read again. */
class AfterTest {

    private static final ReportKey REPORT = new ReportKey("acme", "001d63d3bebb");
    private static final ReportKey DATASET = ReportKey.dataset("acme", "da7a5e000001");

    @Test
    void shouldNameTheReportInTheOrderOfNames() {
        assertThat(After.write(new ReportPlace(REPORT, true, 17), Order.NAME)).isEqualTo("acme/001d63d3bebb");
        assertThat(After.write(new ReportPlace(DATASET, true, 17), Order.NAME)).isEqualTo("acme/datasets/da7a5e000001");
        assertThat(After.read("acme/001d63d3bebb", Order.NAME)).contains(new ReportPlace(REPORT, false, 0));
        assertThat(After.read("acme/datasets/da7a5e000001", Order.NAME)).contains(new ReportPlace(DATASET, false, 0));
    }

    @Test
    void shouldSaySinceWhenItIsThereInTheOrderOfAge() {
        for (var report : new ReportKey[] {REPORT, DATASET}) {
            for (var isSettled : new boolean[] {true, false}) {
                var place = new ReportPlace(report, isSettled, 1_772_366_400_123L);
                assertThat(After.read(After.write(place, Order.AGE), Order.AGE)).contains(place);
            }
        }
        assertThat(After.write(new ReportPlace(REPORT, true, 17), Order.AGE)).isEqualTo("settled/17/acme/001d63d3bebb");
    }

    @Test
    void shouldBeginWithTheFirstIfNoneWasSeen() {
        assertThat(After.read(null, Order.AGE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NAME, nothing",
        "NAME, acme/",
        "NAME, /r1",
        "NAME, acme/r-1",
        "NAME, acme/reports/r1",
        "NAME, 17/acme/r1",
        "AGE, acme/r1",
        "AGE, 17/r1",
        "AGE, open/17/acme/r1",
        "AGE, 99999999999999999/acme/r1",
        "AGE, -17/acme/r1"
    })
    void shouldTakeNothingElse(Order order, String text) {
        assertThatThrownBy(() -> After.read(text, order)).isInstanceOf(WebApplicationException.class);
    }
}
