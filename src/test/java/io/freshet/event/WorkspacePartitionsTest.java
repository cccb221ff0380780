package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspacePartitionsTest {

    /** These are stored values: if one differs, the state of a workspace is looked for where it doesn't lie. */
    @ParameterizedTest
    @CsvSource({
        "acme, 16, 14",
        "acme, 6, 2",
        "globex, 16, 10",
        "globex, 6, 4",
        "initech, 16, 0",
        "a, 16, 3",
        "the-quite-long-name-of-a-workspace, 16, 15",
        "müller, 16, 9",
        "acme, 1, 0",
        "acme, 50, 14",
    })
    void shouldKeepAWorkspaceWhereItIsFromVersionToVersion(String account, int count, int partition) {
        assertThat(new WorkspacePartitions(count).of(account)).isEqualTo(partition);
    }

    @Test
    void shouldSpreadWorkspacesEvenly() {
        var partitions = new WorkspacePartitions(16);
        var workspaces = new int[16];

        IntStream.range(0, 16_000).forEach(number -> workspaces[partitions.of("workspace-" + number)]++);

        assertThat(workspaces).hasSize(16);
        for (var count : workspaces) {
            assertThat(count).isBetween(850, 1_150);
        }
    }

    @Test
    void shouldRefuseATopicWithoutPartitions() {
        assertThatThrownBy(() -> new WorkspacePartitions(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }
}
