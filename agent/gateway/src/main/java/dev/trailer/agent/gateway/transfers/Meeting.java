package dev.trailer.agent.gateway.transfers;

import dev.trailer.agent.protocol.Transfer;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One transfer: somebody waits at the one end, the agent comes to the other. Any thread. */
public final class Meeting {
    /** What the server does with what the agent says; blocks. */
    interface Plot {
        /** Before the agent replaces anything; what it throws keeps all as it was. */
        void begins();

        /** @throws Refused if it is not what was sent */
        void arrived(Transfer.Result result);
    }

    private final HostId host;
    private final Transfer.Order order;
    private final Flux<DataBuffer> toAgent;
    private final Plot plot;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<Flux<DataBuffer>> fromAgent = new CompletableFuture<>();
    private final CompletableFuture<Boolean> agentCame = new CompletableFuture<>();
    private final CompletableFuture<Boolean> streamed = new CompletableFuture<>();
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();

    /** @param toAgent empty where the agent sends */
    Meeting(HostId host, Transfer.Order order, Flux<DataBuffer> toAgent, Plot plot) {
        this.host = host;
        this.order = order;
        this.toAgent = toAgent;
        this.plot = plot;
    }

    HostId host() {
        return host;
    }

    Transfer.Order order() {
        return order;
    }

    // ---- at the agent's end ----

    /** @return ends once what it sent was taken; with an error if it was not */
    public Mono<Void> sends(Flux<DataBuffer> stream) {
        take(Transfer.Direction.SEND);
        fromAgent.complete(stream);
        return Mono.fromFuture(over, true).then();
    }

    public Flux<DataBuffer> receives() {
        take(Transfer.Direction.RECEIVE);
        agentCame.complete(true);
        return toAgent.doOnComplete(() -> streamed.complete(true))
                .doOnError(e -> fail(
                        e instanceof Refused ? e : new Refused(new Reason.TransferFailed("the upload broke off."))))
                .doOnCancel(() -> fail(new Refused(new Reason.TransferFailed("the agent went away."))));
    }

    private void take(Transfer.Direction direction) {
        if (order.direction() != direction || !taken.compareAndSet(false, true)) {
            throw new Refused(new Reason.NotFound("transfer", order.id()));
        }
    }

    /** Blocks. */
    public void begins() {
        carryOut(plot::begins);
    }

    /** Blocks. */
    public void ended(Transfer.Result result) {
        String problem = result.problem();
        if (problem != null) {
            fail(new Refused(new Reason.TransferFailed(problem)));
            return;
        }
        // Of what the agent sent, the end is with who takes it.
        if (order.direction() == Transfer.Direction.RECEIVE) {
            carryOut(() -> plot.arrived(result));
            over.complete(true);
        }
    }

    private void carryOut(Runnable step) {
        if (over.isDone()) {
            throw new Refused(new Reason.NotFound("transfer", order.id()));
        }
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    // ---- at the other end ----

    /** What the agent sends, sealed, once it comes. */
    Mono<Flux<DataBuffer>> sent() {
        return Mono.fromFuture(fromAgent, true);
    }

    /** That the agent has come for what it is to receive. */
    Mono<Boolean> come() {
        return Mono.fromFuture(agentCame, true);
    }

    /** That all of it was handed to the agent's connection. */
    Mono<Boolean> streamed() {
        return Mono.fromFuture(streamed, true);
    }

    /** That the agent has it all. */
    Mono<Boolean> done() {
        return Mono.fromFuture(over, true);
    }

    void taken() {
        over.complete(true);
    }

    void fail(Throwable why) {
        fromAgent.completeExceptionally(why);
        agentCame.completeExceptionally(why);
        over.completeExceptionally(why);
    }
}
