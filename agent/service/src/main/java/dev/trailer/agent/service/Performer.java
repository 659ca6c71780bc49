package dev.trailer.agent.service;

import dev.trailer.agent.plan.Action;
import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Names;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.ForeignImages;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.service.engine.BuildContext;
import dev.trailer.agent.service.engine.BuildSpec;
import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.ContainerSpec;
import dev.trailer.agent.service.engine.EngineDownException;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.RegistryLogin;
import dev.trailer.agent.service.engine.VolumeSpec;
import dev.trailer.agent.service.secrets.Furnisher;
import dev.trailer.agent.service.secrets.Registries;
import dev.trailer.agent.service.volumes.VolumeFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns one action into the engine's calls. Safe for many threads. */
final class Performer {
    private static final Logger LOG = LoggerFactory.getLogger(Performer.class);
    /** Where an image's definition comes from. */
    interface Definitions {
        ImageDefinition of(ImageRef image) throws InterruptedException;
    }

    private final Identity us;
    private final ContainerEngine engine;
    private final Networks networks;
    private final VolumeFiles files;
    private final Definitions definitions;
    private final Mind mind;
    private final Furnisher furnisher;
    private final Registries registries;

    Performer(
            Identity us,
            ContainerEngine engine,
            Networks networks,
            VolumeFiles files,
            Definitions definitions,
            Mind mind,
            Furnisher furnisher,
            Registries registries) {
        this.us = us;
        this.engine = engine;
        this.networks = networks;
        this.files = files;
        this.definitions = definitions;
        this.mind = mind;
        this.furnisher = furnisher;
        this.registries = registries;
    }

    /** @param log takes what the engine says meanwhile, line by line */
    void perform(Action action, Consumer<String> log) throws InterruptedException {
        switch (action) {
            case Action.FetchDefinition fetch -> {
                ImageDefinition definition = definitions.of(fetch.image());
                mind.update(memory -> memory.learned(fetch.image(), definition));
            }
            case Action.BuildImage build -> build(build, log);
            case Action.PullImage pull -> pull(pull, log);
            case Action.CreateNetwork create ->
                networks.create(Names.network(create.workspace()), labels(Labels.WORKSPACE, create.workspace()));
            case Action.CreateVolume create -> engine.createVolume(volume(create.volume()));
            case Action.CreateContainer create -> engine.createContainer(container(create.desired(), create.gpus()));
            case Action.StartContainer start -> engine.startContainer(start.container());
            case Action.GiveSecrets give -> furnisher.give(give);
            case Action.CloneRepository clone -> furnisher.cloneRepository(clone);
            case Action.StopContainer stop -> engine.stopContainer(stop.container(), stop.grace());
            case Action.RemoveContainer remove -> engine.removeContainer(remove.container());
            case Action.RemoveNetwork remove -> engine.removeNetwork(remove.network());
            case Action.RemoveImage remove -> engine.removeImage(remove.reference());
            case Action.RemoveVolume remove -> files.remove(remove.volume());
            case Action.CopyVolume copy -> files.copy(copy.from(), copy.volume());
            case Action.RemoveHelper remove -> engine.removeContainer(remove.container());
        }
    }

    private void build(Action.BuildImage build, Consumer<String> log) throws InterruptedException {
        var definition = build.definition();
        var text = Dockerfiles.onExactly(definition.base(), definition.text());
        if (definition.secret() == null) {
            build(build.image(), text, definition.files(), definition.buildArgs(), build.anew(), null, log);
            return;
        }
        var foreign = ForeignImages.of(text);
        var login = registries.login(
                build.image(),
                foreign.registry()
                        .orElseThrow(
                                () -> new EngineException("refused: a registry's secret is for one registry alone")));
        privately(
                foreign.references(),
                () -> build(build.image(), text, definition.files(), definition.buildArgs(), build.anew(), login, log));
    }

    private void pull(Action.PullImage pull, Consumer<String> log) throws InterruptedException {
        String reference = pull.definition().reference();
        // A layer of nothing but our labels: a tag alone would not tell whose image it is.
        String dockerfile = "FROM " + reference + "\n";
        if (pull.definition().secret() == null) {
            pullOrTake(reference, log);
            build(pull.image(), dockerfile, Map.of(), Map.of(), pull.anew(), null, log);
            return;
        }
        var login = registries.login(pull.image(), ForeignImages.registryOf(reference));
        privately(Set.of(reference), () -> {
            // What is here already may have come by somebody else's login: only the registry can say who may have it.
            engine.pull(reference, login, log);
            build(pull.image(), dockerfile, Map.of(), Map.of(), pull.anew(), login, log);
        });
    }

    private void pullOrTake(String reference, Consumer<String> log) {
        try {
            engine.pull(reference, log);
        } catch (EngineDownException e) {
            throw e;
        } catch (EngineException e) {
            // An image that exists only on this engine, or a registry that is away: what is here will do.
            if (!engine.hasImage(reference)) {
                throw e;
            }
            LOG.info("{} could not be pulled; the engine has it already", reference);
        }
    }

    /** What comes by a login does not stay under its own name, by which others, who have none, could take it. */
    private void privately(Set<String> references, Runnable work) {
        var fresh = references.stream()
                .filter(reference -> !engine.hasImage(reference))
                .toList();
        try {
            work.run();
        } finally {
            fresh.forEach(engine::removeImage);
        }
    }

    private void build(
            ImageRef image,
            String dockerfile,
            Map<String, String> files,
            Map<String, String> buildArgs,
            int anew,
            @Nullable RegistryLogin login,
            Consumer<String> log) {
        var labels = new HashMap<>(Map.of(
                Labels.INSTALL,
                us.install(),
                Names.BUILT_BY_LABEL,
                us.host(),
                Names.IMAGE_LABEL,
                Names.imageLabel(image)));
        if (anew > 0) {
            labels.put(Labels.BUILD, Integer.toString(anew));
        }
        var context = new BuildContext(dockerfile, files);
        engine.build(new BuildSpec(Names.image(image), context, buildArgs, labels, anew > 0, login), log);
    }

    private ContainerSpec container(Workspace desired, List<String> gpus) throws InterruptedException {
        if (gpus.size() != desired.gpus()) {
            throw new EngineException("refused: " + desired.gpus() + " GPUs asked for, " + gpus.size() + " given");
        }
        var labels = new HashMap<>(labels(Labels.WORKSPACE, desired.id()));
        labels.put(Labels.GENERATION, Long.toString(desired.containerGeneration()));
        if (!gpus.isEmpty()) {
            labels.put(Labels.GPUS, Integer.toString(gpus.size()));
        }
        return new ContainerSpec(
                Names.container(desired.id(), desired.containerGeneration()),
                desired.name(),
                Names.image(desired.image()),
                Names.network(desired.id()),
                desired.cpuMillis(),
                desired.memoryBytes(),
                furnisher.environment(desired),
                desired.mounts().stream()
                        .map(mount -> new ContainerSpec.Mount(Names.volume(mount.volume()), mount.path()))
                        .toList(),
                labels,
                !desired.secrets().isEmpty(),
                gpus);
    }

    private VolumeSpec volume(String volume) {
        return new VolumeSpec(Names.volume(volume), labels(Labels.VOLUME, volume));
    }

    private Map<String, String> labels(String key, String value) {
        var labels = new HashMap<>(us.labels());
        labels.put(key, value);
        return labels;
    }
}
