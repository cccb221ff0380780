package io.freshet.telemetry.log;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;

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
    /** By format; formats are constants of the code. */
    private static final Map<String, List<Word>> WORDS = new ConcurrentHashMap<>();

    /** @param values how many are filled in; without a key there is at least one */
    private record Word(Optional<String> key, String format, int values) {

        static List<Word> of(String format) {
            return WORD.matcher(format)
                    .results()
                    .map(word ->
                            of(Optional.ofNullable(word.group(1)), word.group(2).replace("\"", "")))
                    .filter(word -> word.key().isPresent() || word.values() > 0)
                    .toList();
        }

        private static Word of(Optional<String> key, String format) {
            return new Word(
                    key, format, (int) FILLED_IN.matcher(format).results().count());
        }

        String filledWith(Object... values) {
            return format.equals("%s") || format.equals("%d")
                    ? String.valueOf(values[0])
                    : String.format(Locale.ROOT, format, values);
        }
    }

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
        for (var word : WORDS.computeIfAbsent(line.getMessage(), Word::of)) {
            var end = used + word.values();
            if (end > values.length) {
                return; // a line that can't be formatted either
            }
            name(line, word.key(), word.filledWith(Arrays.copyOfRange(values, used, end)));
            used = end;
        }
    }

    private static void name(ExtLogRecord line, Optional<String> key, String value) {
        if (key.isPresent()) {
            line.putMdc(key.get(), value);
            return;
        }
        var whole = WHOLE.matcher(value);
        if (whole.matches()) {
            line.putMdc(whole.group(1), whole.group(2));
        }
    }
}
