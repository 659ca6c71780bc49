package dev.trailer.app;

import dev.trailer.ledger.audit.CheckpointReader;
import dev.trailer.ledger.audit.CheckpointVerifier;
import dev.trailer.ledger.audit.ExportVerifier;
import dev.trailer.ledger.audit.ExportVerifier.NotAnExport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies an export of the audit trail, on any machine, with neither a database nor a server. */
@Command(
        name = "verify",
        description = {
            "Verifies an export of the audit trail (GET /api/v1/audit/export).",
            "Ends with 0 if it is whole, 1 if it is not, 2 if it or the checkpoints cannot be read."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VerifyCommand {
    private static final int WHOLE = 0;
    private static final int TAMPERED = 1;
    private static final int UNREADABLE = 2;
    private static final Duration TELL_EVERY = Duration.ofSeconds(2);

    @Parameters(paramLabel = "EXPORT", description = "The export.")
    Path export = Path.of("");

    @Option(names = "--checkpoints", description = "The file of checkpoints of the server that wrote the ledger.")
    @Nullable
    Path checkpoints;

    @Option(
            names = "--key",
            description = "The public key of those checkpoints; checkpoint-key.pub beside them otherwise.")
    @Nullable
    Path key;

    private VerifyCommand() {}

    /** @return how the process is to end */
    static int run(CommandLine.ParseResult parsed, PrintStream out, PrintStream err) {
        var commandLine = parsed.commandSpec().commandLine();
        if (commandLine.isUsageHelpRequested()) {
            commandLine.usage(out);
            return WHOLE;
        }
        return ((VerifyCommand) parsed.commandSpec().userObject()).run(out, err);
    }

    private int run(PrintStream out, PrintStream err) {
        try {
            var result = new ExportVerifier(progress(err)).verify(export, checkpoints());
            print(result, out);
            return result.verdict().whole() ? WHOLE : TAMPERED;
        } catch (NoSuchFileException e) {
            err.println("trailer: there is no file " + e.getMessage());
        } catch (IOException e) {
            err.println("trailer: cannot be read: " + e.getMessage());
        } catch (NotAnExport e) {
            err.println("trailer: " + export + " is not an export: " + e.getMessage());
        }
        return UNREADABLE;
    }

    private CheckpointReader checkpoints() throws IOException {
        if (checkpoints == null) {
            return CheckpointReader.none("no --checkpoints were given: a tail that was cut off, or a ledger that was"
                    + " written anew, would not be found");
        }
        var publicKey = key == null ? checkpoints.resolveSibling("checkpoint-key.pub") : key;
        if (!Files.exists(checkpoints)) {
            throw new NoSuchFileException(checkpoints.toString());
        }
        return CheckpointReader.open(checkpoints, CheckpointVerifier.read(publicKey));
    }

    private static LongConsumer progress(PrintStream err) {
        var last = new long[] {System.nanoTime()};
        return rows -> {
            if (System.nanoTime() - last[0] > TELL_EVERY.toNanos()) {
                last[0] = System.nanoTime();
                err.println(String.format(Locale.ROOT, "%,d facts are good so far", rows));
            }
        };
    }

    private static void print(ExportVerifier.Result result, PrintStream out) {
        var verdict = result.verdict();
        var attested = verdict.checkpoints();
        out.println("Ledger " + result.install() + ", timeline " + result.timeline() + ", exported "
                + result.exportedAt() + " with its head at " + verdict.head());
        out.println("Positions " + result.from() + " to " + result.to() + " were read as recorded, the chain there is "
                + HexFormat.of().formatHex(result.chain()));
        if (result.from() > 1) {
            out.println("What is before them rests on an earlier export whose chain at " + (result.from() - 1) + " is "
                    + HexFormat.of().formatHex(result.before()));
        }
        out.println(attested.checked() + " checkpoints agree"
                + (attested.checked() == 0 ? "" : ", the last at " + attested.lastPosition()));
        attested.warnings().forEach(warning -> out.println("Warning: " + warning));
        if (attested.problem() != null) {
            out.println("Not whole: " + attested.problem());
        }
        if (verdict.firstBad() != null) {
            out.println("Not whole, from position " + verdict.firstBad() + ": " + verdict.problem());
        }
        if (verdict.whole()) {
            out.println("Whole");
        }
    }
}
