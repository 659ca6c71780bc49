package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Step;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One thing to do on an engine. Each is idempotent: done again after a crash, it ends the same.
 *
 * <p>Actions of one {@link #lane} are done in order and end at the first failure; lanes do not wait for each other.
 */
public sealed interface Action {
    /** What the action is about: a workspace's id, or an image's or volume's name with its kind before it. */
    String lane();

    Step step();

    /** The generation of the workspace it is done for; 0 where there is none. A failure holds for that generation. */
    default long generation() {
        return 0;
    }

    /** Asks the server what an image is made from. */
    record FetchDefinition(ImageRef image, Set<String> requests) implements OnImage {
        @Override
        public Step step() {
            return Step.FETCH_IMAGE;
        }
    }

    /** @param anew if not 0 without cache, and labelled with this: the number of the build that demands it */
    record BuildImage(ImageRef image, ImageDefinition.Dockerfile definition, Set<String> requests, int anew)
            implements OnImage {
        @Override
        public Step step() {
            return Step.BUILD_IMAGE;
        }
    }

    /** @param anew if not 0 labelled with this: the number of the build that demands a pull */
    record PullImage(ImageRef image, ImageDefinition.Reference definition, Set<String> requests, int anew)
            implements OnImage {
        @Override
        public Step step() {
            return Step.PULL_IMAGE;
        }
    }

    record CreateNetwork(String workspace, long generation) implements OnWorkspace {
        @Override
        public Step step() {
            return Step.CREATE_NETWORK;
        }
    }

    record CreateVolume(String workspace, long generation, String volume) implements OnWorkspace {
        @Override
        public Step step() {
            return Step.CREATE_VOLUME;
        }
    }

    /** @param gpus the UUIDs of those that it is made with, as many as are desired */
    record CreateContainer(Workspace desired, List<String> gpus) implements OnWorkspace {
        @Override
        public String workspace() {
            return desired.id();
        }

        @Override
        public long generation() {
            return desired.generation();
        }

        @Override
        public Step step() {
            return Step.CREATE_CONTAINER;
        }
    }

    /** @param container the engine's id, or the fixed name of one made by the action before */
    record StartContainer(String workspace, long generation, String container) implements OnWorkspace {
        @Override
        public Step step() {
            return Step.START_CONTAINER;
        }
    }

    /**
     * Writes the secrets that are given as files; the main process waits for them.
     *
     * @param run of the container: each start of it has none at first
     */
    record GiveSecrets(Workspace desired, String container, String run) implements Inside {
        @Override
        public Step step() {
            return Step.GIVE_SECRETS;
        }
    }

    /** Clones the repository, unless there is something at its place already. */
    record CloneRepository(Workspace desired, String container, String run) implements Inside {
        @Override
        public Step step() {
            return Step.CLONE_REPOSITORY;
        }
    }

    /** @param grace between asking it to end and ending it */
    record StopContainer(String workspace, long generation, String container, Duration grace) implements OnWorkspace {
        @Override
        public Step step() {
            return Step.STOP_CONTAINER;
        }
    }

    record RemoveContainer(String workspace, long generation, String container) implements OnWorkspace {
        @Override
        public Step step() {
            return Step.REMOVE_CONTAINER;
        }
    }

    record RemoveNetwork(String workspace, long generation, String network) implements OnWorkspace {
        @Override
        public Step step() {
            return Step.REMOVE_NETWORK;
        }
    }

    /** Deletes data: only ever planned because a desired volume says {@code remove}. */
    record RemoveVolume(String volume) implements OnVolume {
        @Override
        public Step step() {
            return Step.REMOVE_VOLUME;
        }
    }

    /** Takes away what a process that died in the midst of its work with a volume has left. */
    record RemoveHelper(String volume, String container) implements OnVolume {
        @Override
        public Step step() {
            return Step.REMOVE_CONTAINER;
        }
    }

    /** Fills a volume that is new, or was left half full, with all that another holds. */
    record CopyVolume(String volume, String from) implements OnVolume {
        @Override
        public Step step() {
            return Step.COPY_VOLUME;
        }
    }

    /**
     * Only ever planned of an image that nothing uses or needs; the engine refuses it where something does.
     *
     * @param image {@code id/version}, as it is labelled
     * @param reference our name for it, or the engine's id where it has lost that
     */
    record RemoveImage(String image, String reference) implements Action {
        @Override
        public String lane() {
            return Names.imageLane(image);
        }

        @Override
        public Step step() {
            return Step.REMOVE_IMAGE;
        }

        /** One that has lost its name to a newer build is needed by nobody, though its version may be. */
        public boolean hasName() {
            return reference.startsWith(Names.IMAGES);
        }
    }

    /** Takes something away; all of these come before anything is added. */
    default boolean removes() {
        return switch (this) {
            case StopContainer _, RemoveContainer _, RemoveNetwork _ -> true;
            case RemoveVolume _, RemoveHelper _, RemoveImage _ -> true;
            case FetchDefinition _, BuildImage _, PullImage _ -> false;
            case CreateNetwork _, CreateVolume _, CopyVolume _, CreateContainer _, StartContainer _ -> false;
            case GiveSecrets _, CloneRepository _ -> false;
        };
    }

    /** On one image, whoever needs it. */
    sealed interface OnImage extends Action {
        ImageRef image();

        /** The ids of the desired builds that this answers, also when it fails. */
        Set<String> requests();

        @Override
        default String lane() {
            return Names.imageLane(image());
        }
    }

    /** On one volume, whoever uses it. */
    sealed interface OnVolume extends Action {
        String volume();

        @Override
        default String lane() {
            return Names.volumeLane(volume());
        }
    }

    /** For one workspace. */
    sealed interface OnWorkspace extends Action {
        String workspace();

        @Override
        default String lane() {
            return workspace();
        }
    }

    /** In a running container. Only we know whether it was done in this run of it; it is done again rather than not at all. */
    sealed interface Inside extends OnWorkspace {
        Workspace desired();

        String container();

        String run();

        @Override
        default String workspace() {
            return desired().id();
        }

        @Override
        default long generation() {
            return desired().generation();
        }
    }
}
