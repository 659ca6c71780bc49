package dev.trailer.agent.gateway.transfers;

import dev.trailer.agent.gateway.Commands;
import dev.trailer.agent.protocol.Transfer;
import dev.trailer.api.ErrorList;
import dev.trailer.api.Ids;
import dev.trailer.api.People;
import dev.trailer.api.VolumeView;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.volume.TransferId;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeCommand.BeginRestore;
import dev.trailer.domain.volume.VolumeCommand.RecordRestore;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** {@code /api/v1/volumes/{id}/archive}: what a volume holds, as a tar archive, out and in. Nothing of it is kept here. */
@RestController
@RequestMapping("/api/v1/volumes/{id}/archive")
@Tag(name = "volumes")
public final class ArchiveController {
    static final String TAR = "application/x-tar";

    /** An agent that is there comes at once: it waits to be told. */
    private static final Duration ARRIVAL = Duration.ofSeconds(20);
    /** Without a byte for so long, whoever should send or take it is gone. */
    private static final Duration PIECE = Duration.ofSeconds(60);
    /** For the host to put what it has received onto its disk. */
    private static final Duration SETTLING = Duration.ofMinutes(3);

    /** An upload without an end would fill the host's disk; at a gigabit a second this one takes most of a working day. */
    private static final long MAX_BYTES = 4L << 40;

    private final Transfers transfers;
    private final Volumes volumes;
    private final Commands commands;
    private final People people;
    private final Clock clock;
    private final Scheduler blocking = Schedulers.fromExecutor(Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("archive-", 0).factory()));

    public ArchiveController(Transfers transfers, Volumes volumes, Commands commands, People people, Clock clock) {
        this.transfers = transfers;
        this.volumes = volumes;
        this.commands = commands;
        this.people = people;
        this.clock = clock;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "backupVolume",
            summary = "Take what a volume holds along, as a tar archive",
            description =
                    "All of it is in the directory volume/, with owners and modes. Of a volume that a running workspace"
                            + " writes to, each file is as it was when its turn came. Broken off where it cannot be had whole.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = TAR, schema = @Schema(type = "string", format = "binary")))
    Mono<Void> backup(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return later(() -> find(exchange, principal, Operation.VOLUME_BACKUP, id))
                .flatMap(volume -> backup(volume, exchange));
    }

    private Mono<Void> backup(Volume volume, ServerWebExchange exchange) {
        if (!(volume.contents() instanceof Volume.Contents.Whole)) {
            throw new Refused(new Reason.VolumeNotWhole(volume.id().value()));
        }
        var meeting = meeting(volume, Transfer.Direction.SEND, fresh(), Flux.empty(), NOTHING);
        var response = exchange.getResponse();
        return attended(
                meeting,
                orAway(meeting.sent(), volume)
                        .flatMap(stream -> {
                            var headers = response.getHeaders();
                            headers.setContentType(MediaType.parseMediaType(TAR));
                            headers.setCacheControl("no-store");
                            headers.set(
                                    HttpHeaders.CONTENT_DISPOSITION,
                                    "attachment; filename=\"" + volume.name() + "-" + volume.id() + ".tar\"");
                            // For nginx, which would hold all of it.
                            headers.set("X-Accel-Buffering", "no");
                            return response.writeWith(
                                    new Sealing().unseal(stream.timeout(PIECE), response.bufferFactory()));
                        })
                        .doOnSuccess(_ -> meeting.taken()));
    }

    @PutMapping
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "restoreVolume",
            summary = "Replace what a kept volume holds by a tar archive; refused while a workspace uses it",
            description =
                    "An archive that a backup made, or any other: then the volume's directory is where it is unpacked."
                            + " Answers once the host has all of it and its checksum agrees. What breaks off leaves a volume that says"
                            + " so, and that no workspace can use.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(mediaType = TAR, schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = VolumeView.class)))
    Mono<ResponseEntity<VolumeView>> restore(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        var type = exchange.getRequest().getHeaders().getContentType();
        if (type == null || !type.isCompatibleWith(MediaType.parseMediaType(TAR))) {
            throw new Refused(new Reason.UnsupportedMediaType(TAR));
        }
        if (exchange.getRequest().getHeaders().getContentLength() > MAX_BYTES) {
            throw new Refused(new Reason.BodyTooLarge(MAX_BYTES));
        }
        return later(() -> find(exchange, principal, Operation.VOLUME_RESTORE, id))
                .flatMap(volume -> restore(principal, volume, exchange))
                .then(later(() -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(VolumeView.of(volumes.volume(id), people))));
    }

    private Mono<Boolean> restore(Principal principal, Volume volume, ServerWebExchange exchange) {
        requireFree(volume);
        var sealing = new Sealing();
        var stream = sealing.seal(
                exchange.getRequest().getBody().timeout(PIECE),
                exchange.getResponse().bufferFactory(),
                MAX_BYTES);
        var transfer = fresh();
        var meeting = meeting(
                volume,
                Transfer.Direction.RECEIVE,
                transfer,
                stream,
                new Restoring(principal, volume, transfer, sealing));
        return attended(
                meeting,
                orAway(meeting.come(), volume)
                        .then(meeting.done()
                                .timeout(meeting.streamed().then(Mono.delay(SETTLING)))
                                .onErrorMap(TimeoutException.class, _ -> away(volume))));
    }

    /** What the server records of a restore. */
    private final class Restoring implements Meeting.Plot {
        private final Principal principal;
        private final Volume volume;
        private final TransferId transfer;
        private final Sealing sealing;

        Restoring(Principal principal, Volume volume, TransferId transfer, Sealing sealing) {
            this.principal = principal;
            this.volume = volume;
            this.transfer = transfer;
            this.sealing = sealing;
        }

        @Override
        public void begins() {
            commands.send(Actor.account(principal.account()), new BeginRestore(volume.id(), transfer), List.of());
        }

        @Override
        public void arrived(Transfer.Result result) {
            if (sealing.sha256().isEmpty() || !sealing.sha256().equals(result.sha256())) {
                throw new Refused(new Reason.TransferFailed("what the host has is not what was sent."));
            }
            commands.send(
                    Actor.account(principal.account()),
                    new RecordRestore(volume.id(), transfer, result.bytes(), sealing.sha256()),
                    List.of());
        }
    }

    /** Where the agent sends, nothing is recorded: reading changes nothing. */
    private static final Meeting.Plot NOTHING = new Meeting.Plot() {
        @Override
        public void begins() {
            throw new Refused(new Reason.NotFound("transfer", "to a host"));
        }

        @Override
        public void arrived(Transfer.Result result) {
            begins();
        }
    };

    private Meeting meeting(
            Volume volume,
            Transfer.Direction direction,
            TransferId transfer,
            Flux<DataBuffer> toAgent,
            Meeting.Plot plot) {
        var order = new Transfer.Order(transfer.value(), volume.id().value(), direction);
        return new Meeting(volume.host().id(), order, toAgent, plot);
    }

    /** Opened when it is asked for; whatever ends it, nothing of it is left. */
    private <T> Mono<T> attended(Meeting meeting, Mono<T> work) {
        return Mono.defer(() -> {
                    transfers.open(meeting);
                    return work;
                })
                .doFinally(_ -> {
                    transfers.close(meeting);
                    meeting.fail(new Refused(new Reason.TransferFailed("the other end has gone.")));
                });
    }

    private static <T> Mono<T> orAway(Mono<T> arrival, Volume volume) {
        return arrival.timeout(ARRIVAL).onErrorMap(TimeoutException.class, _ -> away(volume));
    }

    private static Refused away(Volume volume) {
        return new Refused(new Reason.AgentAway(volume.host().name().value()));
    }

    private Volume find(ServerWebExchange exchange, Principal principal, Operation operation, String id) {
        var errors = new ErrorList();
        exchange.getRequest()
                .getQueryParams()
                .keySet()
                .forEach(name -> errors.add("?" + name, "unknown_parameter", "is not a parameter here"));
        errors.throwIfAny();
        var volume = volumes.volume(id);
        if (!AccessPolicy.permits(principal, operation, volume.owner()) || volume.life() == Volume.Life.GONE) {
            throw new Refused(new Reason.NotFound("volume", id));
        }
        if (volume.life() == Volume.Life.DELETING) {
            throw new Refused(new Reason.BeingDeleted("volume"));
        }
        return volume;
    }

    /** Told before anything is sent; the rules see to it again. */
    private static void requireFree(Volume volume) {
        var user = volume.workspace();
        if (user != null) {
            throw new Refused(new Reason.VolumeInUse(volume.id().value(), user.value()));
        }
        if (volume.contents() instanceof Volume.Contents.Copying) {
            throw new Refused(new Reason.VolumeNotWhole(volume.id().value()));
        }
    }

    private TransferId fresh() {
        return new TransferId(Ids.next(clock));
    }

    private <T> Mono<T> later(Supplier<T> work) {
        return Mono.fromSupplier(work).subscribeOn(blocking);
    }
}
