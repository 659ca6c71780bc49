package dev.trailer.app.wiring;

import dev.trailer.agent.gateway.Commands;
import dev.trailer.agent.gateway.DesiredSource;
import dev.trailer.agent.gateway.GatewayWrite;
import dev.trailer.agent.gateway.HostRegistry;
import dev.trailer.agent.gateway.ImageDefinitions;
import dev.trailer.agent.gateway.Installation;
import dev.trailer.agent.gateway.Placement;
import dev.trailer.agent.gateway.transfers.Volumes;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.CommandSender;
import dev.trailer.command.change.Find;
import dev.trailer.command.change.SideWrite;
import dev.trailer.command.hosts.HostEnrolments;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.ledger.ClaimReader;
import dev.trailer.ledger.LedgerReader;
import dev.trailer.query.desired.DesiredStates;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the agents' side of the server needs from other rooms, and what it gives to the command side. */
@Configuration(proxyBeanMethods = false)
class GatewayPorts {
    @Bean
    Commands gatewayCommands(CommandSender sender, Clock clock) {
        return new RetryingCommands(sender, clock);
    }

    @Bean
    Installation installation(LedgerReader reader) {
        return () -> reader.head().install();
    }

    @Bean
    Placement agentPlacement(ClaimReader claims, Aggregates aggregates) {
        return new Placement() {
            @Override
            public boolean isOn(String workspaceOrVolume, String host) {
                return claims.isPlaced(workspaceOrVolume, host);
            }

            @Override
            public Set<String> on(String host) {
                return Set.copyOf(claims.placedOn(host));
            }

            @Override
            public boolean builds(String image, int build, String host) {
                return aggregates
                        .image(new ImageId(image))
                        .map(i -> i.openBuilds().get(build))
                        .filter(open -> open.host().id().value().equals(host))
                        .isPresent();
            }
        };
    }

    @Bean
    DesiredSource desiredSource(DesiredStates states) {
        return new DesiredSource() {
            @Override
            public String timeline() {
                return states.timeline();
            }

            @Override
            public long revision(String host) {
                return states.revision(new HostId(host));
            }

            @Override
            public DesiredState whole(String host) {
                return interruptibly(() -> states.whole(new HostId(host)));
            }

            @Override
            public DesiredState after(String host, long revision) {
                return states.after(new HostId(host), revision);
            }

            @Override
            public boolean await(String host, long revision, Duration atMost) throws InterruptedException {
                return states.await(new HostId(host), revision, atMost);
            }
        };
    }

    @Bean
    ImageDefinitions agentImageDefinitions(DesiredStates states) {
        return (image, version) -> interruptibly(() -> states.definition(new ImageId(image), version));
    }

    /** The server is stopping when it interrupts. */
    private static <T> T interruptibly(Callable<T> work) {
        try {
            return work.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Reason.LedgerUnavailable());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Bean
    Volumes archiveVolumes(Find find) {
        return find::volume;
    }

    @Bean
    HostEnrolments hostEnrolments(HostRegistry registry) {
        return new HostEnrolments() {
            @Override
            public NewToken newToken(HostRef host) {
                var enrolment = registry.newToken(host);
                return new NewToken(enrolment.token(), enrolment.expiresAt(), sideWrite(enrolment.write()));
            }

            @Override
            public List<SideWrite> shutOut(HostId host, boolean atOnce) {
                return registry.shutOut(host, atOnce).stream()
                        .map(GatewayPorts::sideWrite)
                        .toList();
            }

            @Override
            public List<SideWrite> forget(HostId host) {
                return registry.forget(host).stream()
                        .map(GatewayPorts::sideWrite)
                        .toList();
            }
        };
    }

    static SideWrite sideWrite(GatewayWrite write) {
        return new SideWrite(write.sql(), write.params(), false, write.manyAtOnce());
    }
}
