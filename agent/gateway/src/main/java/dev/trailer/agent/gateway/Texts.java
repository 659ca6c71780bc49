package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.Cause;
import java.util.regex.Pattern;

/** What agents and engines wrote, made fit to keep. Pure; any thread. */
final class Texts {
    private static final Pattern USER_INFO = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,20}://)[^\\s/]{0,1000}@");
    private static final int MAX_WORD = 200;

    private Texts() {}

    /** An engine's error: bounded, without the user names and passwords that it repeats from URLs. */
    static String detail(String raw) {
        // Redacted before it is cut: half a URL would not be seen to be one.
        return cut(printable(USER_INFO.matcher(raw).replaceAll("$1***@")), Cause.StepFailed.MAX_DETAIL_LENGTH);
    }

    /** A line of an engine's output, treated likewise. */
    static String line(String raw, int max) {
        return cut(printable(USER_INFO.matcher(raw).replaceAll("$1***@")).replace('\n', ' '), max);
    }

    /** A name, version or id: one short line. */
    static String word(String raw) {
        return cut(printable(raw).replace('\n', ' ').replace('\t', ' '), MAX_WORD)
                .strip();
    }

    /** Without what PostgreSQL or UTF-8 will not take, or what would act on a terminal. */
    private static String printable(String raw) {
        var clean = new StringBuilder(raw.length());
        raw.codePoints()
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
