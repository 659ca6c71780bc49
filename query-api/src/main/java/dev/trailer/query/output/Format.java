package dev.trailer.query.output;

import java.util.List;

/** How a log is written. Pure; any thread. */
enum Format {
    /** For people: {@code curl -N}. */
    PLAIN {
        @Override
        String begin() {
            return "";
        }

        @Override
        String part(String what) {
            return "=== " + what + " ===\n";
        }

        @Override
        String lines(Place behind, List<String> lines) {
            return String.join("\n", lines) + "\n";
        }

        @Override
        String remark(String text) {
            return text + "\n";
        }

        @Override
        String silence() {
            return "";
        }

        @Override
        String reset() {
            return "";
        }

        @Override
        String end() {
            return "";
        }
    },
    EVENTS {
        @Override
        String begin() {
            return ": a log\n\n";
        }

        @Override
        String part(String what) {
            return "event: part\ndata: " + what + "\n\n";
        }

        @Override
        String lines(Place behind, List<String> lines) {
            var event = new StringBuilder("id: ").append(behind).append('\n');
            lines.forEach(line -> event.append("data: ").append(line).append('\n'));
            return event.append('\n').toString();
        }

        @Override
        String remark(String text) {
            return "event: remark\ndata: " + text + "\n\n";
        }

        @Override
        String silence() {
            return ": nothing new\n\n";
        }

        @Override
        String reset() {
            return "event: reset\ndata: it begins anew\n\n";
        }

        @Override
        String end() {
            return "event: end\ndata: there is no more\n\n";
        }
    };

    abstract String begin();

    /** @param what is worked on from here on */
    abstract String part(String what);

    abstract String lines(Place behind, List<String> lines);

    abstract String remark(String text);

    /** Shows a reader, and what lies between, that nothing is broken. */
    abstract String silence();

    /** What was seen is not there any more. */
    abstract String reset();

    abstract String end();
}
