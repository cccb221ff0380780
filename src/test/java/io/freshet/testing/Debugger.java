package io.freshet.testing;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stops another JVM where a method begins, through the debug interface that every JDK has: so a process can be killed
 * at a named point of code that knows nothing of it.
 */
public final class Debugger implements AutoCloseable {

    /** For the JVM that is to be stopped. It chooses its port itself, and says it. */
    public static final String JVM_OPTION = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=localhost:0";

    private static final Pattern PORT = Pattern.compile("Listening for transport dt_socket at address: (\\d+)");

    private final VirtualMachine vm;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private Debugger(VirtualMachine vm) {
        this.vm = vm;
    }

    /** To an application that was launched with {@link #JVM_OPTION}. */
    public static Debugger attach(PackagedApplication application) {
        application.awaitLine("Listening for transport dt_socket");
        var port = application.lines().stream()
                .map(PORT::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .findFirst()
                .orElseThrow();
        var connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        var arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("localhost");
        Objects.requireNonNull(arguments.get("port")).setValue(port);
        try {
            return new Debugger(connector.attach(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalConnectorArgumentsException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The JVM will stand still when the method has been begun for so many times. To be called before that may happen.
     *
     * @param counts whether a time counts at all
     */
    public void stopAt(String type, String method, int times, BooleanSupplier counts) {
        var prepare = vm.eventRequestManager().createClassPrepareRequest();
        prepare.addClassFilter(type);
        prepare.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        prepare.enable();
        vm.classesByName(type).forEach(loaded -> stopAt(loaded, method));
        var thread = new Thread(() -> count(method, times, counts), "debugger");
        thread.setDaemon(true);
        thread.start();
    }

    private void stopAt(ReferenceType type, String method) {
        var methods = type.methodsByName(method);
        if (methods.isEmpty()) {
            throw new AssertionError("%s has no method %s: rename the crash point".formatted(type.name(), method));
        }
        for (var one : methods) {
            try {
                if (!one.isAbstract() && !one.allLineLocations().isEmpty()) {
                    var breakpoint = vm.eventRequestManager().createBreakpointRequest(one.location());
                    breakpoint.setSuspendPolicy(EventRequest.SUSPEND_ALL);
                    breakpoint.enable();
                }
            } catch (AbsentInformationException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void count(String method, int times, BooleanSupplier counts) {
        var left = times;
        try {
            while (left > 0) {
                var events = vm.eventQueue().remove();
                left -= take(events, method, counts);
                if (left > 0) {
                    events.resume();
                }
            }
            stopped.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (VMDisconnectedException | AssertionError e) {
            stopped.completeExceptionally(e);
        }
    }

    private int take(EventSet events, String method, BooleanSupplier counts) {
        var times = 0;
        for (var event : events) {
            if (event instanceof ClassPrepareEvent prepared) {
                stopAt(prepared.referenceType(), method);
            } else if (event instanceof BreakpointEvent && counts.getAsBoolean()) {
                times = 1;
            }
        }
        return times;
    }

    /** Whether the JVM stands still, at the latest after this time. */
    public boolean awaitStop(Duration patience) {
        try {
            stopped.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Lets go of the JVM, which goes on if it is alive. */
    @Override
    public void close() {
        try {
            vm.dispose();
        } catch (VMDisconnectedException e) {
            // it was killed
        }
    }
}
