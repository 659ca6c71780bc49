package dev.trailer.domain.volume;

import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.host.Hosts;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.List;

/** For tests: volumes. */
public final class Volumes {
    public static final VolumeId ID = id(1);
    static final VolumeId OTHER = new VolumeId("00000000-0000-4000-8000-00000000e0ff");
    static final TransferId TRANSFER = new TransferId("00000000-0000-4000-8000-00000000f001");
    static final TransferId OTHER_TRANSFER = new TransferId("00000000-0000-4000-8000-00000000f002");
    static final String SHA256 = "ab".repeat(32);
    static final VolumeName HOME = new VolumeName("home");
    static final VolumeName DATA = new VolumeName("data");
    static final WorkspaceId WORKSPACE = new WorkspaceId("00000000-0000-4000-8000-00000000d001");
    static final WorkspaceId OTHER_WORKSPACE = new WorkspaceId("00000000-0000-4000-8000-00000000d002");
    static final VolumeCreated CREATED = new VolumeCreated(ID, HOME, Accounts.OWNER, Hosts.ATTIC, WORKSPACE);

    private Volumes() {}

    public static VolumeId id(int n) {
        return new VolumeId("00000000-0000-4000-8000-00000000e%03x".formatted(n));
    }

    static Volume after(VolumeEvent... events) {
        return List.of(events).stream().reduce(Volume.evolve(null, CREATED), Volume::evolve, (a, b) -> b);
    }
}
