package io.freshet.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForeignWordTest {

    @Test
    void shouldLeaveNamesAndAddressesAsTheyAre() {
        assertThat(ForeignWord.of("kim.lee+etl@example.org")).isEqualTo("kim.lee+etl@example.org");
        assertThat(ForeignWord.of("/api/v1/reports/acme/a%20b")).isEqualTo("/api/v1/reports/acme/a%20b");
        assertThat(ForeignWord.of("2001:db8::1")).isEqualTo("2001:db8::1");
    }

    @Test
    void shouldBeOneWordThatPretendsToBeNothingElse() {
        assertThat(ForeignWord.of("kim by=root\nadmin=delete \u001b[31m\u202e\""))
                .isEqualTo("kim_by_root_admin_delete___31m__");
    }

    @Test
    void shouldBeShort() {
        assertThat(ForeignWord.of("k".repeat(5_000))).hasSize(200);
    }
}
