package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.freshet.event.ConfiguredAccounts;
import io.freshet.event.Presentations;
import io.freshet.view.FilledView;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A page of reports is small, and says all of each. */
class ReportsPageTest {

    private static final int MOST_BYTES = 50_000;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:30Z"), ZoneOffset.UTC);

    private final JsonMapper mapper = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private final Reports reports;

    ReportsPageTest() {
        new ApiJson().customize(mapper);
        reports = new Reports(
                FilledView.of(10_000), Presentations.WITH_NAMES, ConfiguredAccounts.of("acme"), mapper, CLOCK);
    }

    @Test
    void shouldSayAllOfAHundredReportsInFewBytes() throws Exception {
        var page = reports.list(null, null, "region", "succeeded", "7", null, "100", null);

        assertThat(page.count()).isEqualTo(10_000);
        assertThat(page.next()).isNotNull();
        assertThat(page.reports()).hasSize(100).allSatisfy(row -> assertThat(row)
                .hasNoNullFieldsOrProperties());
        assertThat(mapper.writeValueAsBytes(page)).hasSizeLessThanOrEqualTo(MOST_BYTES);
    }
}
