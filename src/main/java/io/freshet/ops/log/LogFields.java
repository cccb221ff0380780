package io.freshet.ops.log;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a line of ours says as {@code key=value} becomes a field of its JSON as well: {@code account}, {@code report},
 * {@code run} and the like. Keys are taken from the format, never from what is filled in, so that no message of Mode's
 * can pretend to be one; only a part that is a single {@code key=value} in whole, such as a target, may bring its own.
 */
@LoggingFilter(name = "fields")
public final class LogFields implements Filter {

    private static final String OURS = "io.freshet";
    /** One word of a format, with its key where it has one. */
    private static final Pattern WORD = Pattern.compile("(?:(\\w+)=)?(\"[^\"]*\"|\\S+)");

    private static final Pattern FILLED_IN = Pattern.compile("%[-#+ 0,(]*\\d*(?:\\.\\d+)?[a-zA-Z&&[^n]]");
    private static final Pattern WHOLE = Pattern.compile("(\\w+)=([^\\s\"]+)");

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord line
                && line.getLoggerName() != null
                && line.getLoggerName().startsWith(OURS)
                && line.getFormatStyle() == ExtLogRecord.FormatStyle.PRINTF
                && line.getMessage() != null) {
            name(line, line.getParameters() == null ? new Object[0] : line.getParameters());
        }
        return true;
    }

    private static void name(ExtLogRecord line, Object[] values) {
        var used = 0;
        var word = WORD.matcher(line.getMessage());
        while (word.find()) {
            var format = word.group(2).replace("\"", "");
            var end = used + (int) FILLED_IN.matcher(format).results().count();
            if (end > values.length) {
                return; // a line that can't be formatted either
            }
            name(line, word.group(1), String.format(Locale.ROOT, format, Arrays.copyOfRange(values, used, end)));
            used = end;
        }
    }

    private static void name(ExtLogRecord line, @Nullable String key, String value) {
        var whole = WHOLE.matcher(value);
        if (key != null) {
            line.putMdc(key, value);
        } else if (whole.matches()) {
            line.putMdc(whole.group(1), whole.group(2));
        }
    }
}
