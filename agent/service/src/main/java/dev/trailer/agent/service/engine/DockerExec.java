package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands inside of containers. An engine goes on with one whose stream is cut, and cannot be asked to end it; so each
 * tells its process id first, and is ended by another one if it takes too long or nobody waits any more.
 */
final class DockerExec {
    private static final Logger LOG = LoggerFactory.getLogger(DockerExec.class);

    /** An exec's process leads a session, so that its id is that of the group of all that it began. */
    private static final List<String> TELLING_ITS_ID = List.of("/bin/sh", "-c", "echo $$; exec \"$@\"", "sh");

    private static final String END = "kill -KILL -\"$1\" 2>/dev/null || kill -KILL \"$1\"";
    /** A kill is done in milliseconds, or the engine is in trouble. */
    private static final Duration ENDING = Duration.ofSeconds(10);

    /** How soon it is noticed that a command is to be ended. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Between the end of an output and the engine's knowing of the process's. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final DockerConnection connection;

    DockerExec(DockerConnection connection) {
        this.connection = connection;
    }

    Exec.Result run(Exec exec) {
        var frames = new Frames();
        String id = start(exec, frames);
        boolean ended = false;
        try (frames) {
            ended = await(exec, frames);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("the command was interrupted", e);
        } catch (IOException e) {
            throw connection.translated(e, false);
        } finally {
            if (!ended) {
                end(exec, frames);
            }
        }
        if (!ended) {
            throw new EngineException("the command took longer than "
                    + exec.limit().toSeconds() + " seconds, or was not wanted any more");
        }
        var failure = frames.failure;
        if (failure != null) {
            end(exec, frames);
            throw connection.translated(failure, false);
        }
        return new Exec.Result(exitCode(id, exec, frames), frames.output());
    }

    /** The stream is over; so should be the command, unless the stream was cut. */
    private int exitCode(String id, Exec exec, Frames frames) {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (true) {
            Long code = connection.read(docker -> {
                var state = docker.inspectExecCmd(id).exec();
                return Boolean.TRUE.equals(state.isRunning()) ? null : state.getExitCodeLong();
            });
            if (code != null) {
                return code.intValue();
            }
            if (end - System.nanoTime() < 0) {
                end(exec, frames);
                throw new EngineException("the command's stream was cut");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** @return false if it is to be ended */
    private static boolean await(Exec exec, Frames frames) throws InterruptedException {
        long end = System.nanoTime() + exec.limit().toNanos();
        while (!frames.over.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            if (end - System.nanoTime() < 0 || !exec.wanted().getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    private String start(Exec exec, Frames frames) {
        var command = new ArrayList<>(TELLING_ITS_ID);
        command.addAll(exec.command());
        String id = connection.write(docker -> {
            var create = docker.execCreateCmd(exec.container())
                    .withCmd(command.toArray(String[]::new))
                    .withAttachStdin(true)
                    .withAttachStdout(true)
                    .withAttachStderr(true);
            return (exec.asRoot() ? create.withUser("0") : create).exec().getId();
        });
        connection.stream(docker -> docker.execStartCmd(id)
                .withStdIn(new ByteArrayInputStream(exec.input()))
                .exec(frames));
        return id;
    }

    /** As good as it can: a container that is gone has no process any more. */
    private void end(Exec exec, Frames frames) {
        String pid = frames.pid();
        if (pid == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (var ignored = new Frames()) {
            connection.stream(docker -> docker.execStartCmd(docker.execCreateCmd(exec.container())
                            .withUser("0")
                            .withCmd("/bin/sh", "-c", END, "sh", pid)
                            .withAttachStdout(true)
                            .exec()
                            .getId())
                    .exec(ignored));
            if (!ignored.over.await(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a command in {} may go on: the engine does not end it", exec.container());
            }
        } catch (EngineException | InterruptedException | IOException e) {
            LOG.warn("a command in {} could not be ended: {}", exec.container(), e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The first line of its output is its process id; of the rest, the end is kept. */
    private static final class Frames extends ResultCallback.Adapter<Frame> {
        private final StringBuilder first = new StringBuilder();
        private final Exec.Tail tail = new Exec.Tail();
        /** Not the parent's own, which closes the stream after the first wait. */
        private final CountDownLatch over = new CountDownLatch(1);

        private boolean told;
        private volatile @Nullable Throwable failure;

        @Override
        public synchronized void onNext(Frame frame) {
            byte[] bytes = frame.getPayload();
            int from = 0;
            while (!told && frame.getStreamType() != StreamType.STDERR && from < bytes.length) {
                char c = (char) bytes[from++];
                told = c == '\n';
                if (!told) {
                    first.append(c);
                }
            }
            tail.take(from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length));
        }

        /** Kept and thrown by the waiting thread; the parent would write it to the log as well. */
        @Override
        public void onError(Throwable throwable) {
            failure = throwable;
            onComplete();
        }

        @Override
        public void onComplete() {
            super.onComplete();
            over.countDown();
        }

        synchronized @Nullable String pid() {
            return told && first.toString().matches("\\d{1,10}") ? first.toString() : null;
        }

        synchronized String output() {
            // Where there is no shell, the engine's own words come instead of an id.
            return (told ? "" : first) + new String(tail.bytes(), StandardCharsets.UTF_8);
        }
    }
}
