package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

    @ParameterizedTest
    @CsvSource({"'Sales, daily','Sales, daily'", "' Orders ',Orders", "'two\nlines\tand\r\nmore','two lines and more'"})
    void shouldBeOneLine(String given, String name) {
        assertThat(DisplayName.of(given, "4e90")).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "4e90"})
    void shouldBeNoneWhereThereIsNothingToSeeButTheToken(String given) {
        assertThat(DisplayName.of(given, "4e90")).isEmpty();
    }

    @Test
    void shouldLeaveNothingThatTurnsTheTextAround() {
        assertThat(DisplayName.of("a\u202eb\u0007c\ud800", "4e90")).contains("a?b?c?");
        assertThat(DisplayName.of("👩\u200d🔬 نسخة", "4e90")).contains("👩\u200d🔬 نسخة");
    }

    @Test
    void shouldBeCutToWhatALineCanShow() {
        assertThat(DisplayName.of("x".repeat(300), "4e90").orElseThrow())
                .hasSize(200)
                .endsWith("x…");
    }
}
