package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls that answer line by line: build, pull, events. */
final class DockerStreams {
    /** A build that takes longer is ended: a hanging one would hold one of two places for ever. */
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
    /** Some gigabytes over a slow line. */
    private static final Duration PULL_LIMIT = Duration.ofMinutes(60);

    /** What may change what the planner sees; a shell's or a health check's own events are not among it. */
    private static final Set<String> EVENTS = Set.of(
            "create",
            "start",
            "die",
            "stop",
            "destroy",
            "oom",
            "pause",
            "unpause",
            "rename",
            "remove",
            "tag",
            "untag",
            "delete",
            "disconnect");

    private static final String USUAL_REGISTRY = "docker.io";
    /** What engines call it where they look for a login. */
    private static final String USUAL_ADDRESS = "https://index.docker.io/v1/";

    private final DockerConnection connection;

    DockerStreams(DockerConnection connection) {
        this.connection = connection;
    }

    String build(BuildSpec spec, Consumer<String> log) {
        var lines = new Lines<BuildResponseItem>(log);
        connection.stream(docker -> {
            BuildImageCmd build = docker.buildImageCmd()
                    .withTarInputStream(new ByteArrayInputStream(spec.context().tar()))
                    .withDockerfilePath(BuildContext.DOCKERFILE)
                    .withTags(Set.of(spec.tag()))
                    .withLabels(spec.labels())
                    .withNoCache(spec.noCache())
                    .withRemove(true)
                    .withForcerm(true);
            spec.buildArgs().forEach(build::withBuildArg);
            var login = spec.login();
            if (login != null) {
                var logins = new AuthConfigurations();
                logins.addConfig(told(login));
                build.withBuildAuthConfigs(logins);
            }
            return build.exec(lines);
        });
        await(lines, "build", BUILD_LIMIT);
        String image = lines.image;
        if (image == null) {
            throw new EngineException("the build ended without an image");
        }
        return image;
    }

    void pull(String reference, @Nullable RegistryLogin login, Consumer<String> log) {
        String last = reference.substring(reference.lastIndexOf('/') + 1);
        // Without a tag the engine would pull every tag there is.
        String exact = last.contains(":") || last.contains("@") ? reference : reference + ":latest";
        var lines = new Lines<PullResponseItem>(log);
        connection.stream(docker -> {
            var pull = docker.pullImageCmd(exact);
            return (login == null ? pull : pull.withAuthConfig(told(login))).exec(lines);
        });
        await(lines, "pull", PULL_LIMIT);
    }

    private static AuthConfig told(RegistryLogin login) {
        return new AuthConfig()
                .withUsername(login.user())
                .withPassword(login.password())
                .withRegistryAddress(login.registry().equals(USUAL_REGISTRY) ? USUAL_ADDRESS : login.registry());
    }

    /** Leaving it closes the stream, whereupon the engine leaves off too. */
    private void await(Lines<?> lines, String what, Duration limit) {
        try (lines) {
            if (!lines.awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EngineException("the " + what + " took longer than " + limit.toMinutes() + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("the " + what + " was interrupted", e);
        } catch (IOException e) {
            throw connection.translated(e, false);
        } catch (EngineException e) {
            throw e;
        } catch (RuntimeException e) {
            throw connection.translated(e, false);
        }
        Throwable failure = lines.failure;
        if (failure != null) {
            throw connection.translated(failure, false);
        }
        String error = lines.error;
        if (error != null) {
            throw new EngineException(error);
        }
    }

    AutoCloseable watch(Runnable changed, Runnable ended) {
        var once = new AtomicBoolean();
        Runnable endedOnce = () -> {
            if (once.compareAndSet(false, true)) {
                ended.run();
            }
        };
        var callback = new ResultCallback.Adapter<Event>() {
            @Override
            public void onNext(Event event) {
                if (EVENTS.contains(String.valueOf(event.getAction()))) {
                    changed.run();
                }
            }

            /** Any end is the same to the watcher; the parent would write this one to the log as well. */
            @Override
            public void onError(Throwable throwable) {
                onComplete();
            }

            @Override
            public void onComplete() {
                super.onComplete();
                endedOnce.run();
            }
        };
        // Docker sends those of one name or another, Podman those of all names at once, which are none.
        String[] filter =
                switch (connection.engine()) {
                    case DOCKER -> EVENTS.toArray(String[]::new);
                    case PODMAN -> new String[0];
                };
        return connection.stream(docker -> {
            var events = docker.eventsCmd();
            return (filter.length == 0 ? events : events.withEventFilter(filter)).exec(callback);
        });
    }

    /** Passes output on line by line and keeps the end: an image, or an error. */
    private static final class Lines<T extends ResponseItem> extends ResultCallback.Adapter<T> {
        private final Consumer<String> log;
        private final StringBuilder rest = new StringBuilder();
        private volatile @Nullable String error;
        private volatile @Nullable String image;
        private volatile @Nullable Throwable failure;

        Lines(Consumer<String> log) {
            this.log = log;
        }

        @Override
        public void onNext(T item) {
            if (item.getStream() != null) {
                rest.append(item.getStream());
                flushLines();
            } else if (item.getStatus() != null && item.getProgressDetail() == null) {
                log.accept(item.getStatus());
            }
            ResponseItem.ErrorDetail detail = item.getErrorDetail();
            if (detail != null && detail.getMessage() != null) {
                error = detail.getMessage();
            }
            if (item instanceof BuildResponseItem built && built.isBuildSuccessIndicated()) {
                image = built.getImageId();
            }
        }

        /** Kept and thrown by the waiting thread; the parent would write it to the log as well. */
        @Override
        public void onError(Throwable throwable) {
            failure = throwable;
            onComplete();
        }

        private void flushLines() {
            int end = rest.indexOf("\n");
            while (end >= 0) {
                log.accept(rest.substring(0, end).stripTrailing());
                rest.delete(0, end + 1);
                end = rest.indexOf("\n");
            }
        }
    }
}
