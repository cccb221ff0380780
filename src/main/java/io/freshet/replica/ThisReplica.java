package io.freshet.replica;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Which of the replicas this is, and how the others reach it. */
@ApplicationScoped
public class ThisReplica {

    private static final Logger LOG = Logger.getLogger(ThisReplica.class);

    private final String name;
    private final Optional<ReplicaAddress> address;
    private final ReplicaHosts hosts;

    /** @throws ConfigurationException where the settings make no sense */
    ThisReplica(ReplicaConfig config, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.name = host() + ':' + port;
        this.hosts = ReplicaHosts.of(config.hosts());
        this.address = config.address().map(ThisReplica::address);
    }

    /**
     * Before anything begins. That no replica may ask this one is only warned of, as all else works.
     *
     * @throws ConfigurationException where the settings make no sense
     */
    public static void check(ReplicaConfig config) {
        var hosts = ReplicaHosts.of(config.hosts());
        config.address()
                .map(ThisReplica::address)
                .filter(address -> !hosts.allow(address))
                .ifPresent(address -> LOG.warnf(
                        "freshet.replica.hosts doesn't match %s, the host of freshet.replica.address: what only this replica can answer is not passed on to it",
                        address.host()));
    }

    private static ReplicaAddress address(String text) {
        return ReplicaAddress.parse(text.strip())
                .orElseThrow(() -> new ConfigurationException(
                        "freshet.replica.address must be an address such as http://10.1.2.3:8080, and is " + text));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine that doesn't know its own name
        }
    }

    /** For people: a host and a port, which others may not be able to reach. */
    public String name() {
        return name;
    }

    public Optional<ReplicaAddress> address() {
        return address;
    }

    /** Whether a request and its credential may be passed on to there. */
    public boolean mayAsk(ReplicaAddress other) {
        return hosts.allow(other);
    }

    public boolean is(WorkspaceOwner owner) {
        return owner.clientId().equals(clientId());
    }

    private String clientId() {
        return WorkspaceOwner.clientId(address.map(ReplicaAddress::toString).orElse(name));
    }

    /** What the connector adds to the settings of the channel: by its client's name, others know this replica. */
    @Produces
    @Singleton
    @Identifier("inbox") Map<String, Object> inbox() {
        return Map.of(CommonClientConfigs.CLIENT_ID_CONFIG, clientId());
    }
}
