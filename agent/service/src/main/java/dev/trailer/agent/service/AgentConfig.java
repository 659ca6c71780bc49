package dev.trailer.agent.service;

import dev.trailer.agent.plan.ImagePolicy;
import dev.trailer.agent.service.engine.Subnet;
import dev.trailer.agent.service.server.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an agent is run.
 *
 * @param server where it answers, without {@code /agent/v1}
 * @param trust whose certificates are taken for the server's
 * @param stateDirectory for credentials; the agent's alone, readable by its owner
 * @param enrolmentToken asked for, maybe often, until the host is enrolled; never after
 * @param laterToken asked for at each start of an enrolled host, and when the server does not know its secret any more; one
 *     that it did not enrol with yet is taken for a rotated one
 * @param dockerHost such as {@code unix:///var/run/docker.sock}
 * @param subnetPool of which each workspace's network gets a {@code /28}
 * @param images which versions of images this host keeps that nothing needs
 * @param version of this agent, as reported
 * @param clock for back-offs; should not jump
 */
public record AgentConfig(
        URI server,
        Trust trust,
        Path stateDirectory,
        Supplier<Optional<String>> enrolmentToken,
        Supplier<Optional<String>> laterToken,
        String dockerHost,
        Subnet subnetPool,
        ImagePolicy images,
        String version,
        Clock clock) {

    private static final String DEFAULT_DOCKER_HOST = "unix:///var/run/docker.sock";
    /** Room for 4,096 workspaces, in a part of 10/8 that little else uses. */
    private static final String DEFAULT_POOL = "10.213.0.0/16";

    /**
     * Docker from {@code DOCKER_HOST} or its usual socket, images as {@link KeptImages} has it, the default pool, a clock that
     * does not jump.
     *
     * @throws IllegalArgumentException naming the variable, if one says what cannot be
     */
    public static AgentConfig of(URI server, Path stateDirectory, Supplier<Optional<String>> enrolmentToken) {
        return new AgentConfig(
                server,
                Trust.OF_JAVA,
                stateDirectory,
                enrolmentToken,
                Optional::empty,
                Optional.ofNullable(System.getenv("DOCKER_HOST"))
                        .filter(host -> !host.isBlank())
                        .orElse(DEFAULT_DOCKER_HOST),
                Subnet.parse(DEFAULT_POOL).orElseThrow(),
                KeptImages.from(System.getenv()),
                Optional.ofNullable(AgentConfig.class.getPackage().getImplementationVersion())
                        .orElse("dev"),
                new MonotonicClock());
    }

    public AgentConfig withTrust(Trust others) {
        return new AgentConfig(
                server,
                others,
                stateDirectory,
                enrolmentToken,
                laterToken,
                dockerHost,
                subnetPool,
                images,
                version,
                clock);
    }

    public AgentConfig withDockerHost(String host) {
        return new AgentConfig(
                server, trust, stateDirectory, enrolmentToken, laterToken, host, subnetPool, images, version, clock);
    }

    public AgentConfig withLaterToken(Supplier<Optional<String>> token) {
        return new AgentConfig(
                server, trust, stateDirectory, enrolmentToken, token, dockerHost, subnetPool, images, version, clock);
    }

    public AgentConfig withSubnetPool(Subnet pool) {
        return new AgentConfig(
                server, trust, stateDirectory, enrolmentToken, laterToken, dockerHost, pool, images, version, clock);
    }

    public AgentConfig withVersion(String agentVersion) {
        return new AgentConfig(
                server,
                trust,
                stateDirectory,
                enrolmentToken,
                laterToken,
                dockerHost,
                subnetPool,
                images,
                agentVersion,
                clock);
    }
}
