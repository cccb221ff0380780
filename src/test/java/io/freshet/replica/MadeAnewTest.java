package io.freshet.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class MadeAnewTest {

    private static final Uuid FIRST = Uuid.randomUuid();

    private final MadeAnew madeAnew = new MadeAnew();

    @Test
    void shouldWantARestartOnceATopicIsAnother() {
        madeAnew.look(Map.of("freshet-inbox", FIRST));
        madeAnew.look(Map.of("freshet-inbox", FIRST));
        assertThat(madeAnew.cause()).isEmpty();

        madeAnew.look(Map.of());
        assertThat(madeAnew.cause()).as("it may be away for a moment").isEmpty();

        madeAnew.look(Map.of("freshet-inbox", Uuid.randomUuid()));
        madeAnew.look(Map.of("freshet-inbox", FIRST));
        assertThat(madeAnew.cause()).hasValueSatisfying(why -> assertThat(why)
                .startsWith("topic freshet-inbox was deleted and made again"));
    }
}
