package io.freshet.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class PauseTest {

    private final Pause pause = Pause.since(7);

    @Test
    void shouldTellOfTroubleThatLasts() {
        assertThat(pause.news(true, 7, false)).isEmpty();
        assertThat(pause.looked(true).news(true, 7, false)).contains(Pause.News.PAUSED);
        assertThat(pause.looked(true).news(true, 7, true)).isEmpty();
    }

    @Test
    void shouldTellNothingOfAMomentsTrouble() {
        assertThat(pause.looked(true).news(false, 8, false)).isEmpty();
        assertThat(pause.looked(true).looked(false).news(true, 8, false)).isEmpty();
    }

    @Test
    void shouldTellThatCallsGoOnOnceModeHasAnswered() {
        assertThat(pause.news(false, 7, true)).isEmpty();
        assertThat(pause.news(false, 8, true)).contains(Pause.News.RESUMED);
        assertThat(pause.news(true, 8, true)).isEmpty();
    }
}
