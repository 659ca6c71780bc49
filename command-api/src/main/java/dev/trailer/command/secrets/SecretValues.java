package dev.trailer.command.secrets;

import dev.trailer.command.change.SideWrite;
import dev.trailer.domain.secret.SecretId;
import java.util.List;

/** Port: keeps values of secrets, sealed, beside the commands that record that there is one. */
public interface SecretValues {
    /**
     * What must be written with the command that records this version.
     *
     * @throws dev.trailer.domain.reason.Refused with {@code secrets_unavailable} where it cannot be sealed
     */
    SideWrite stored(SecretId secret, long version, byte[] value);

    /** What must be written with the deletion, so that the value is gone with it. */
    List<SideWrite> erased(SecretId secret);
}
