package dev.trailer.e2e.agentfaults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.service.server.TestAuthority;
import dev.trailer.e2e.agentfaults.Rig.Host;
import dev.trailer.e2e.faults.Faults;
import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.EngineApi;
import dev.trailer.e2e.process.TlsFront;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A server behind TLS whose certificate is of an authority that nobody else knows, met by an agent of another host. */
@Faults
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateAuthorityTest {
    private static final String OF_NOBODY =
            "signed by nobody that this host trusts; --ca-file adds an authority of your own";

    private final Rig rig = new Rig("authority", EngineApi.ofThisMachine());

    @AfterAll
    void end() {
        rig.close();
    }

    private static void awaitSaid(Host host, String words) {
        Await.until("its log says \"" + words + "\"", Rig.PATIENCE, () -> host.agent()
                .said()
                .contains(words));
    }

    private void assertNotEnrolled(Host host) {
        assertThat(rig.read(host).text("/state")).isNotEqualTo("online");
    }

    @Test
    void without_the_right_authority_it_says_what_to_do_and_with_it_it_works_from_then_on() throws IOException {
        var authority = TestAuthority.in(rig.folder(), "right");
        var other = TestAuthority.in(rig.folder(), "wrong");
        try (var front = new TlsFront(rig.server().base(), authority.server("dns:localhost"))) {
            var host = rig.register("attic", front.base());
            host.agent().start();
            awaitSaid(host, OF_NOBODY);
            host.agent().kill();

            int before = host.agent().said().length();
            host.agent().trusts(other.pem()).start();
            Await.until(
                    "the wrong authority is not enough",
                    Rig.PATIENCE,
                    () -> host.agent().said().substring(before).contains(OF_NOBODY));
            assertNotEnrolled(host);
            host.agent().kill();

            host.agent().trusts(authority.pem()).start();
            rig.awaitOnline(host, 1);
            var workspace = rig.create(host, "private", "tiny").await();
            workspace.write();
            host.agent().kill();

            host.agent().trusts(null).start();
            rig.awaitOnline(host, 2);
            workspace.change("after-a-start-without-options").await().assertExact();
            workspace.assertNothingLost();
            host.agent().close();
        }
    }

    @Test
    void a_certificate_for_another_name_is_refused_and_the_log_says_whose_it_is() throws IOException {
        var authority = TestAuthority.in(rig.folder(), "names");
        try (var front = new TlsFront(rig.server().base(), authority.server("dns:elsewhere.example"))) {
            var host = rig.register("cellar", front.base());
            host.agent().trusts(authority.pem()).start();
            awaitSaid(host, "its certificate is another host's");
            awaitSaid(host, "localhost");
            assertNotEnrolled(host);
            host.agent().close();
        }
    }
}
