package dev.trailer.query.port;

import dev.trailer.api.VolumeView;
import java.util.Collection;
import java.util.Map;

/** Port: what volumes take, as their hosts last measured it. Any thread; blocks. */
@FunctionalInterface
public interface VolumeSizes {
    /** By volume id; those never measured are missing. */
    Map<String, VolumeView.Size> of(Collection<String> volumes);
}
