package dev.trailer.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.name.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessPolicyTest {
    private static final Principal ADMIN = new Principal(Accounts.OTHER, new Handle("admin"), Role.ADMIN);

    @ParameterizedTest
    @EnumSource
    void an_admin_may_do_everything_to_anybodys(Operation operation) {
        assertThat(AccessPolicy.permits(ADMIN, operation, Accounts.OWNER)).isTrue();
        assertThat(AccessPolicy.permits(ADMIN, operation, Accounts.OTHER)).isTrue();
        assertThat(AccessPolicy.permits(ADMIN, operation, null)).isTrue();
    }

    /** Whoever adds a role writes down here what it may do, before it may do anything. */
    @Test
    void every_role_is_tested() {
        assertThat(Role.values()).containsExactly(Role.ADMIN);
    }
}
