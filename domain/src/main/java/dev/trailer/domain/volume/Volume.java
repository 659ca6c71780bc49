package dev.trailer.domain.volume;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.volume.VolumeEvent.VolumeAttached;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopied;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopyRequested;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.volume.VolumeEvent.VolumeDeleted;
import dev.trailer.domain.volume.VolumeEvent.VolumeDetached;
import dev.trailer.domain.volume.VolumeEvent.VolumeProvided;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestoreBegan;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestored;
import dev.trailer.domain.workspace.WorkspaceId;
import org.jspecify.annotations.Nullable;

/**
 * A volume as its events have made it. Immutable.
 *
 * @param version counts all events, from 1
 * @param workspace who uses it, null while it is only kept
 * @param contents whether what it holds is all there
 */
public record Volume(
        VolumeId id,
        VolumeName name,
        AccountId owner,
        HostRef host,
        long version,
        @Nullable WorkspaceId workspace,
        Life life,
        Contents contents) {

    /** Where a volume is between being made and being gone. */
    public enum Life {
        ACTIVE,
        DELETING,
        GONE
    }

    public Volume {
        // Null in rows of a view that is older than this.
        contents = contents == null ? WHOLE : contents;
    }

    /** Whether what a volume holds is all there. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Contents.Whole.class, name = "whole"),
        @JsonSubTypes.Type(value = Contents.Copying.class, name = "copying"),
        @JsonSubTypes.Type(value = Contents.Incomplete.class, name = "incomplete"),
    })
    public sealed interface Contents {
        record Whole() implements Contents {}

        /** The host has still to copy into it what {@code of} holds. */
        record Copying(VolumeId of) implements Contents {}

        /** What it held is being replaced, or was when that broke off. */
        record Incomplete(TransferId transfer) implements Contents {}
    }

    private static final Contents WHOLE = new Contents.Whole();

    /** @param state null before the first event */
    public static Volume evolve(@Nullable Volume state, VolumeEvent event) {
        if (state == null) {
            return first(event);
        }
        var was = state;
        return switch (event) {
            case VolumeCreated _, VolumeProvided _, VolumeCopyRequested _ ->
                throw new IllegalStateException("created twice: " + event.volume());
            case VolumeCopied _ -> was.holding(WHOLE);
            case VolumeRestoreBegan e -> was.holding(new Contents.Incomplete(e.transfer()));
            case VolumeRestored _ -> was.holding(WHOLE);
            case VolumeAttached e -> was.next(e.name(), e.workspace(), Life.ACTIVE);
            case VolumeDetached _ -> was.next(was.name, null, was.life);
            case VolumeDeleted _ -> was.next(was.name, null, Life.DELETING);
            case VolumeRemoved _ -> was.next(was.name, null, Life.GONE);
        };
    }

    private static Volume first(VolumeEvent event) {
        return switch (event) {
            case VolumeCreated e ->
                new Volume(e.volume(), e.name(), e.owner(), e.host(), 1, e.workspace(), Life.ACTIVE, WHOLE);
            case VolumeProvided e -> new Volume(e.volume(), e.name(), e.owner(), e.host(), 1, null, Life.ACTIVE, WHOLE);
            case VolumeCopyRequested e ->
                new Volume(
                        e.volume(),
                        e.name(),
                        e.owner(),
                        e.host(),
                        1,
                        e.workspace(),
                        Life.ACTIVE,
                        new Contents.Copying(e.of()));
            case VolumeCopied _,
                    VolumeRestoreBegan _,
                    VolumeRestored _,
                    VolumeAttached _,
                    VolumeDetached _,
                    VolumeDeleted _,
                    VolumeRemoved _ -> throw new IllegalStateException("the first event of a volume is its creation");
        };
    }

    private Volume next(VolumeName name, @Nullable WorkspaceId workspace, Life life) {
        return new Volume(id, name, owner, host, version + 1, workspace, life, contents);
    }

    private Volume holding(Contents contents) {
        return new Volume(id, name, owner, host, version + 1, workspace, life, contents);
    }
}
