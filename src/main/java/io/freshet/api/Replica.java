package io.freshet.api;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which of the replicas this is, by the address at which it answers. */
@ApplicationScoped
class Replica {

    private final String name;

    Replica(@ConfigProperty(name = "quarkus.http.port") int port) {
        this.name = host() + ':' + port;
    }

    String name() {
        return name;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine that doesn't know its own name
        }
    }
}
