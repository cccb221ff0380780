package io.freshet.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a logger, and those below it, say from now on until it is closed. */
public final class LogLines implements AutoCloseable {

    private final Logger logger;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LogLines(String logger) {
        this.logger = Logger.getLogger(logger);
        handler.setLevel(Level.ALL);
        this.logger.addHandler(handler);
    }

    public static LogLines of(Class<?> speaker) {
        return new LogLines(speaker.getName());
    }

    /** @param logger its name; the empty one is of all */
    public static LogLines of(String logger) {
        return new LogLines(logger);
    }

    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** Their messages, with what was put into them. */
    public List<String> texts() {
        return records.stream().map(LogLines::text).toList();
    }

    private static String text(LogRecord record) {
        var parameters = record.getParameters();
        return parameters == null ? record.getMessage() : record.getMessage().formatted(parameters);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
