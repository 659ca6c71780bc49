package dev.trailer.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointLogTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final Clock clock = Clock.fixed(AT, ZoneOffset.UTC);
    private final Path file;
    private final Path key;
    private final CheckpointLog log;

    CheckpointLogTest(@TempDir Path folder) {
        file = folder.resolve("checkpoints.ndjson");
        key = folder.resolve("checkpoint-key");
        log = new CheckpointLog(file, key);
    }

    @BeforeEach
    void three_are_there() throws IOException {
        for (int position = 10; position <= 30; position += 10) {
            log.append(head(position), clock);
        }
    }

    private static Head head(long position) {
        var chain = new byte[32];
        chain[0] = (byte) position;
        return new Head("install", "timeline", position, AT, chain);
    }

    /** What is read: the positions, then the problem if there is one, then the warnings. */
    private List<String> read(CheckpointLog from) {
        var found = new ArrayList<String>();
        try (var reader = from.reader()) {
            for (var next = reader.next(); next != null; next = reader.next()) {
                found.add(Long.toString(next.position()));
            }
            if (reader.problem() != null) {
                found.add(reader.problem());
            }
            found.addAll(reader.warnings());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return found;
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file));
    }

    @Test
    void a_line_tells_whose_ledger_it_is_where_it_stood_and_what_came_before() throws IOException {
        var lines = lines();
        assertThat(lines.getFirst()).matches("""
                \\{"install":"install","timeline":"timeline","position":10,"chain":"0a0{62}",\
                "recordedAt":"2026-01-02T03:04:05.678901Z","writtenAt":"2026-01-02T03:04:05.678901Z",\
                "previous":"0{64}","key":"[0-9a-f]{16}","signature":"[A-Za-z0-9+/]{86}=="}""");
        assertThat(lines.get(1))
                .contains("\"previous\":\""
                        + CheckpointLine.hash(lines.getFirst().getBytes(StandardCharsets.UTF_8)) + "\"");
        assertThat(read(log)).containsExactly("10", "20", "30");
    }

    @Test
    void nobody_else_may_read_the_file_or_the_key_and_everybody_may_have_the_public_half() throws IOException {
        for (var secret : List.of(file, key)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        var verifier = CheckpointVerifier.read(key.resolveSibling("checkpoint-key.pub"));
        try (var reader = CheckpointReader.open(file, verifier)) {
            assertThat(reader.next()).isNotNull();
        }
        assertThat(Files.readString(key.resolveSibling("checkpoint-key.pub"))).doesNotContain("PRIVATE");
    }

    @Test
    void another_start_goes_on_where_the_one_before_ended() throws IOException {
        var again = new CheckpointLog(file, key);
        again.append(head(40), clock);
        assertThat(read(again)).containsExactly("10", "20", "30", "40");
    }

    @Test
    void a_line_that_was_changed_is_told_and_so_is_one_that_was_taken_out() throws IOException {
        var lines = lines();
        var changed = new ArrayList<>(lines);
        changed.set(1, changed.get(1).replace("\"position\":20", "\"position\":21"));
        Files.write(file, changed);
        assertThat(read(log))
                .containsExactly("10", "21", "30", "line 2 of the checkpoints has a signature that is not the key's");

        Files.write(file, List.of(lines.getFirst(), lines.getLast()));
        assertThat(read(log))
                .containsExactly(
                        "10",
                        "30",
                        "line 2 of the checkpoints does not follow from the line before: a line was changed, taken out or"
                                + " put in");

        Files.write(file, List.of(lines.getFirst(), "{}", lines.getLast()));
        assertThat(read(log)).containsExactly("10", "30", "line 2 of the checkpoints is not a checkpoint");
    }

    @Test
    void what_was_forged_is_not_believed_where_it_matters() throws IOException {
        var lines = lines();
        lines.set(2, lines.get(2).replace("\"position\":30", "\"position\":31"));
        Files.write(file, lines);
        try (var reader = log.reader()) {
            for (var good : List.of(true, true, false)) {
                assertThat(reader.next()).isNotNull();
                assertThat(reader.confirm()).isEqualTo(good);
            }
            assertThat(reader.next()).isNull();
            assertThat(reader.problem()).startsWith("line 3 of the checkpoints has a signature");
        }
        assertThat(read(log)).last().asString().startsWith("line 3 of the checkpoints has a signature");
    }

    @Test
    void what_another_key_has_signed_is_not_believed() throws IOException {
        Files.delete(key);
        var other = new CheckpointLog(file, key);
        other.append(head(40), clock);
        assertThat(read(other)).first().isEqualTo("40");
        assertThat(read(other)).last().asString().startsWith("line 1 of the checkpoints is signed by another key");
    }

    @Test
    void half_a_line_at_the_end_is_told_and_replaced_by_the_next() throws IOException {
        Files.writeString(file, "{\"install\":\"inst", StandardOpenOption.APPEND);
        assertThat(read(log))
                .containsExactly(
                        "10",
                        "20",
                        "30",
                        "the last line of the checkpoints is half a line, as a crash while it was written leaves it");
        log.append(head(40), clock);
        assertThat(read(log)).containsExactly("10", "20", "30", "40");
    }

    @Test
    void half_a_line_that_is_not_the_last_is_a_problem() throws IOException {
        var lines = lines();
        lines.set(1, lines.get(1).substring(0, 100));
        Files.write(file, lines);
        assertThat(read(log)).containsExactly("10", "30", "line 2 of the checkpoints is not a checkpoint");
    }

    @Test
    void a_file_that_was_moved_away_begins_anew_and_says_that_something_came_before() throws IOException {
        Files.delete(file);
        assertThat(read(log)).singleElement().asString().startsWith("there are no checkpoints, as there is no file");
        log.append(head(40), clock);
        assertThat(read(log))
                .containsExactly(
                        "40", "the file of checkpoints begins in the middle: the lines before its first are not in it");
    }

    @Test
    void times_never_go_back_though_the_clock_does() throws IOException {
        log.append(head(40), Clock.offset(clock, Duration.ofHours(-1)));
        log.append(head(50), Clock.offset(clock, Duration.ofHours(1)));
        assertThat(lines().get(3)).contains("\"writtenAt\":\"" + AT + "\"");
        assertThat(lines().get(4)).contains("\"writtenAt\":\"" + AT.plus(Duration.ofHours(1)) + "\"");
    }

    @Test
    void a_file_of_something_else_is_left_alone() throws IOException {
        Files.writeString(file, "x".repeat(10_000));
        assertThatThrownBy(() -> log.append(head(40), clock)).hasMessageContaining("is not a file of checkpoints");
        assertThat(Files.size(file)).isEqualTo(10_000);
    }
}
