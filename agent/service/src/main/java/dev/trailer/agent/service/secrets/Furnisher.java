package dev.trailer.agent.service.secrets;

import dev.trailer.agent.plan.Action;
import dev.trailer.agent.plan.Desired;
import dev.trailer.agent.protocol.DesiredResource.Git;
import dev.trailer.agent.protocol.DesiredResource.SecretFile;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.Exec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts into workspaces what must not stand in what the engine keeps of a container: secrets, and a repository that was cloned
 * with one. Safe for many threads.
 */
public final class Furnisher {
    /** A file of 64 KiB into memory: past this, the engine or the container is in trouble. */
    private static final Duration WRITE = Duration.ofSeconds(30);

    /** For a large repository over a slow line; one that hangs must not hold its place for ever. */
    private static final Duration CLONE = Duration.ofMinutes(15);

    /** Where values come from. */
    @FunctionalInterface
    public interface Secrets {
        /** All that a workspace names, as they are now. */
        SecretValues of(String workspace) throws InterruptedException;
    }

    private final ContainerEngine engine;
    private final Secrets secrets;
    private final Masks masks;
    private final Supplier<@Nullable Desired> desired;

    public Furnisher(ContainerEngine engine, Secrets secrets, Masks masks, Supplier<@Nullable Desired> desired) {
        this.engine = engine;
        this.secrets = secrets;
        this.masks = masks;
        this.desired = desired;
    }

    /** The environment with the secrets that are asked for there. The engine keeps it, and shows it to who may ask it. */
    public Map<String, String> environment(Workspace workspace) throws InterruptedException {
        if (workspace.secretEnv().isEmpty()) {
            return workspace.env();
        }
        var values = fetch(workspace);
        var environment = new LinkedHashMap<>(workspace.env());
        workspace.secretEnv().forEach((variable, secret) -> environment.put(variable, text(values, secret, variable)));
        return environment;
    }

    /** Writes them, and then the mark that the main process waits for. In a run that has them already, it changes nothing. */
    public void give(Action.GiveSecrets give) throws InterruptedException {
        var values = fetch(give.desired());
        var files = give.desired().secrets();
        var begun = engine.exec(new Exec(give.container(), true, Scripts.begin(), new byte[0], WRITE, wanted(give)));
        if (begun.exitCode() == Scripts.GIVEN_ALREADY) {
            return;
        }
        if (begun.exitCode() != 0) {
            throw new EngineException("no files can be written (" + how(begun, "/bin/sh and chmod") + ")");
        }
        for (int i = 0; i < files.size(); i++) {
            SecretFile file = files.get(i);
            byte[] value = value(values, file.secret(), file.file());
            boolean last = i == files.size() - 1;
            var written = engine.exec(new Exec(
                    give.container(), Scripts.write(file.file(), value.length, last), value, WRITE, wanted(give)));
            if (written.exitCode() != 0) {
                throw new EngineException("the file " + file.file() + " could not be written ("
                        + how(written, "/bin/sh, head and mv") + ")");
            }
        }
    }

    /** Clones it as the container's user. What is at its place already stays, whatever it is. */
    public void cloneRepository(Action.CloneRepository clone) throws InterruptedException {
        Git git = clone.desired().git();
        if (git == null) {
            return;
        }
        String secret = git.secret();
        byte[] credential = secret == null
                ? new byte[0]
                : GitCredential.lines(text(fetch(clone.desired()), secret, "the repository"));
        var cloned = engine.exec(new Exec(clone.container(), Scripts.cloneOf(git), credential, CLONE, wanted(clone)));
        if (cloned.exitCode() != 0) {
            throw new EngineException(
                    git.url() + " could not be cloned (" + how(cloned, "/bin/sh, mktemp and git") + ")");
        }
    }

    /** Whether it is still to be done: somebody may have stopped the workspace meanwhile. */
    private BooleanSupplier wanted(Action.Inside action) {
        return () -> {
            Desired now = desired.get();
            return now != null && action.desired().equals(now.workspaces().get(action.workspace()));
        };
    }

    private static String how(Exec.Result result, String needs) {
        String output = result.output().strip();
        boolean missing = result.exitCode() == 126 || result.exitCode() == 127;
        return (missing ? "the image needs " + needs + "; " : "") + "exit status " + result.exitCode()
                + (output.isEmpty() ? "" : ": " + output);
    }

    private Map<String, byte[]> fetch(Workspace workspace) throws InterruptedException {
        var values = new HashMap<String, byte[]>();
        secrets.of(workspace.id()).values().forEach(value -> values.put(value.secret(), value.value()));
        masks.learn(workspace.id(), List.copyOf(values.values()));
        return values;
    }

    /** The server may have been told of other secrets since we were told what is desired: then we shall be told, too. */
    private static byte[] value(Map<String, byte[]> values, String secret, String what) {
        byte[] value = values.get(secret);
        if (value == null) {
            throw new EngineException("the server gave no secret for " + what);
        }
        return value;
    }

    private static String text(Map<String, byte[]> values, String secret, String what) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value(values, secret, what)))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // Told below, without what is in it.
        }
        throw new EngineException("the secret for " + what + " is no text: it can only be given as a file");
    }
}
