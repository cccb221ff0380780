package io.freshet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands on to another port what comes to its own, until it is cut. */
public final class Proxy implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean isCut;
    private volatile Reset next = Reset.NONE;

    /** When a connection is reset that lay idle, as a load balancer does it. */
    public enum Reset {
        NONE,
        /** When the next request comes, of which nobody has read a byte. */
        BEFORE_REQUEST,
        /** When the next answer comes. */
        BEFORE_ANSWER
    }

    public Proxy() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Begins. */
    public void leadTo(int port) {
        target = port;
        daemon(this::accept);
    }

    /** How many connections are open, each with its two ends. */
    public int connections() {
        return open.size() / 2;
    }

    /** Breaks all connections, and lets no new one through. */
    public void cut() {
        isCut = true;
        open.forEach(Proxy::close);
    }

    /** Once. */
    public void resetNext(Reset when) {
        next = when;
    }

    public void mend() {
        isCut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // the caller is gone, nobody listens there, or this is the end
            }
        }
    }

    private void connect(Socket caller) throws IOException {
        open.add(caller);
        if (isCut) {
            close(caller);
            return;
        }
        var called = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(called);
        daemon(() -> pipe(caller, called, Reset.BEFORE_REQUEST, caller));
        daemon(() -> pipe(called, caller, Reset.BEFORE_ANSWER, caller));
    }

    private void pipe(Socket from, Socket to, Reset when, Socket caller) {
        try (from;
                to) {
            var bytes = new byte[1 << 16];
            for (var read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                if (next == when) {
                    next = Reset.NONE;
                    caller.setSoLinger(true, 0); // closed so, it is reset
                    return;
                }
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException e) {
            // one of them was closed
        } finally {
            open.remove(from);
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
