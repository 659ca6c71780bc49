package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.SessionOpening;
import dev.trailer.api.ErrorList;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.host.HostCommand;
import dev.trailer.domain.host.HostCommand.ReportCapability;
import dev.trailer.domain.host.HostCommand.ReturnHost;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.List;

/** Opens the next session of a host: whoever had the one before is told so. Any thread; blocks. */
final class SessionOpener {
    private final SessionStore sessions;
    private final Commands commands;
    private final Pacer pacer;

    SessionOpener(SessionStore sessions, Commands commands, Pacer pacer) {
        this.sessions = sessions;
        this.commands = commands;
        this.pacer = pacer;
    }

    SessionOpening.Answer open(HostId host, SessionOpening.Request request) {
        var version = version(request);
        report(host, request, version);
        var token = Secret.fresh(Secret.SESSION_PREFIX);
        var pace = pacer.pace();
        long epoch = sessions.open(host, token, version, pace.heartbeatMillis());
        // Last, and repeated by the first heartbeat if we do not come so far: from here on silence counts.
        send(host, new ReturnHost(host), List.of(SessionStore.online(host, true)));
        return new SessionOpening.Answer(epoch, token, pace);
    }

    @SuppressWarnings("ConstantValue") // it came as JSON, where anything may be missing
    private static String version(SessionOpening.Request request) {
        return request.agentVersion() == null ? "" : Texts.word(request.agentVersion());
    }

    /** Without facts, its engine does not answer yet; a heartbeat will bring them. */
    @SuppressWarnings("ConstantValue") // it came as JSON, where anything may be missing
    private void report(HostId host, SessionOpening.Request request, String version) {
        if (request.facts() == null) {
            return;
        }
        ReportCapability command;
        try {
            command = new ReportCapability(host, Reports.capability(request.facts(), version));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw ErrorList.invalid("/facts", "invalid", "are not the facts of a host");
        }
        send(host, command, List.of());
    }

    private void send(HostId host, HostCommand command, List<GatewayWrite> writes) {
        try {
            commands.send(Actor.agent(host), command, writes);
        } catch (Refused e) {
            // The host was removed just now.
            throw e.reason() instanceof Reason.NotFound ? new Refused(new Reason.Unauthenticated()) : e;
        }
    }
}
