package io.freshet.replica;

import static io.freshet.replica.ReplicaWiring.config;
import static io.freshet.replica.ReplicaWiring.owner;
import static io.freshet.replica.ReplicaWiring.thisReplica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThisReplicaTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            http://10.1.2.3:8080,      http://10.1.2.3:8080
            ' http://10.1.2.3:8080 ',  http://10.1.2.3:8080
            https://192.168.0.7,       https://192.168.0.7:443
            http://172.31.0.1,         http://172.31.0.1:80
            http://[fd00::1:2]:8080,   http://[fd00::1:2]:8080
            http://fd00::1:2:8080,     http://[fd00::1:2]:8080
            """)
    void shouldTellItsAddressByItsName(String address, String told) {
        var replica = thisReplica(Optional.of(address), "private");
        var clientId = (String) replica.inbox().get("client.id");

        var seen = new WorkspaceOwner(String.valueOf(clientId));

        assertThat(clientId).isEqualTo("kafka-consumer-inbox@" + told);
        assertThat(seen.address()).hasValueSatisfying(said -> assertThat(said).hasToString(told));
        assertThat(seen.name()).isEqualTo(told);
        assertThat(replica.is(seen)).isTrue();
    }

    @Test
    void shouldTellItsHostWithoutAnAddress() {
        var replica = thisReplica(Optional.empty(), "private");

        var seen = owner(replica.name());

        assertThat(replica.inbox()).isEqualTo(Map.of("client.id", "kafka-consumer-inbox@" + replica.name()));
        assertThat(replica.name()).endsWith(":8080");
        assertThat(seen.address()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.1.2.3",
                "10.1.2.3:8080",
                "ftp://10.1.2.3",
                "http://",
                "http://10.1.2.3/api",
                "http://10.1.2.3?a=b",
                "http://me@10.1.2.3",
                "http://10.1.2.3:8080 and more"
            })
    void shouldRefuseWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> ThisReplica.check(config(Optional.of(address), "private")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("freshet.replica.address");
    }

    /** A pod's address may be any, and a pod must start. */
    @Test
    void shouldTakeAnAddressThatNoReplicaMayAsk() {
        var elsewhere = Optional.of("http://203.0.113.7:8080");

        ThisReplica.check(config(elsewhere, "private"));

        var replica = thisReplica(elsewhere, "private");
        assertThat(replica.mayAsk(replica.address().orElseThrow())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "private,", "http://10.1.2.3", "10.1.2.(3", "a b"})
    void shouldRefuseWhatAreNoHosts(String hosts) {
        assertThatThrownBy(() -> ThisReplica.check(config(Optional.empty(), hosts)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("freshet.replica.hosts");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            private,            http://10.0.0.1:1,              true
            private,            http://172.16.0.1:1,            true
            private,            http://172.15.0.1:1,            false
            private,            http://172.32.0.1:1,            false
            private,            http://192.168.1.1:1,           true
            private,            http://[fd12:3456::1]:1,        true
            private,            http://[fe80::1]:1,             false
            private,            http://127.0.0.1:1,             false
            private,            http://10.0.0.1.example.com:1,  false
            private,            http://100.64.0.1:1,            false
            100.64.*,           http://100.64.0.1:1,            true
            100.64.*,           http://100x64.a:1,              false
            'private, b',       http://b:1,                     true
            *.freshet.svc,      http://A.Freshet.svc:1,         true
            *.freshet.svc,      http://freshet.svc:1,           false
            *.freshet.svc,      http://a.freshet.svc.evil:1,    false
            """)
    void shouldAskOnlyHostsThatAreAllowed(String hosts, String other, boolean may) {
        var replica = thisReplica(Optional.empty(), hosts);

        assertThat(replica.mayAsk(owner(other).address().orElseThrow())).isEqualTo(may);
    }

    /** Such as a client id that was set by hand. */
    @Test
    void shouldNameAnOwnerThatHasAnotherKindOfName() {
        var owner = new WorkspaceOwner("ours");

        assertThat(owner.name()).isEqualTo("ours");
        assertThat(owner.address()).isEmpty();
    }
}
