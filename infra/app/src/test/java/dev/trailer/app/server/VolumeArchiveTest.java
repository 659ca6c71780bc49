package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.protocol.Paths;
import dev.trailer.agent.protocol.Transfer;
import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Archives between a person and an agent, over the server's own HTTP; the agent is made up, the bytes are not. */
@ExtendWith(SharedServer.class)
class VolumeArchiveTest {
    private static final String TAR = "application/x-tar";

    private final TestServer server;
    private final Api api;

    VolumeArchiveTest(TestServer server) {
        this.server = server;
        this.api = server.api();
    }

    private FakeAgent online(String host) {
        return FakeAgent.online(server, host, FakeAgent.facts(64_000, 64L << 30, 0));
    }

    private String volume(String host) {
        return api.post("/api/v1/volumes", "{\"name\":\"home\",\"host\":\"" + host + "\"}")
                .expect(201)
                .id();
    }

    private String contents(String volume) {
        return api.get("/api/v1/volumes/" + volume, "Trailer-Position", Long.toString(server.head()))
                .expect(200)
                .text("/contents");
    }

    private static byte[] noise(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] sealed(byte[] archive) {
        var sealed = Arrays.copyOf(archive, archive.length + Transfer.SEAL_BYTES);
        System.arraycopy(sha256(archive), 0, sealed, archive.length, Transfer.SEAL_BYTES);
        return sealed;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance(Transfer.SEAL).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> CompletableFuture<T> meanwhile(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Executors.newVirtualThreadPerTaskExecutor());
    }

    private static <T> T outcome(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What the agent was told to do. */
    private Transfer.Order order(FakeAgent agent) {
        var reply = as(agent).get(Paths.TRANSFERS + "?waitMillis=30000").expect(200);
        var orders = Reply.JSON.readValue(reply.bytes(), Transfer.Orders.class).orders();
        return orders.getFirst();
    }

    private Api as(FakeAgent agent) {
        return server.anonymous().as(agent.session().token());
    }

    private Reply result(FakeAgent agent, Transfer.Order order, Transfer.Result result) {
        return as(agent).post(Paths.TRANSFERS + "/" + order.id() + "/result", Reply.JSON.writeValueAsString(result));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void a_backup_is_what_the_agent_sends_without_its_seal() {
        var agent = online("archive-out");
        var volume = volume("archive-out");
        var archive = noise(700_000);
        var download = meanwhile(() -> api.get("/api/v1/volumes/" + volume + "/archive"));
        var order = order(agent);
        assertThat(order.volume()).isEqualTo(volume);
        assertThat(order.direction()).isEqualTo(Transfer.Direction.SEND);
        as(agent)
                .sendBytes(
                        "PUT",
                        Paths.TRANSFERS + "/" + order.id(),
                        sealed(archive),
                        "Content-Type",
                        "application/octet-stream")
                .expect(200);
        var reply = outcome(download).expect(200);
        assertThat(reply.bytes()).isEqualTo(archive);
        assertThat(reply.header("Content-Type")).startsWith(TAR);
        assertThat(reply.header("Content-Disposition")).contains("home-" + volume + ".tar");
    }

    @Test
    void a_backup_whose_seal_is_wrong_or_missing_breaks_off() {
        var agent = online("archive-torn");
        var volume = volume("archive-torn");
        var torn = Arrays.copyOf(sealed(noise(300_000)), 200_000);
        var download = meanwhile(() -> api.get("/api/v1/volumes/" + volume + "/archive"));
        var order = order(agent);
        var sent = as(agent)
                .sendBytes("PUT", Paths.TRANSFERS + "/" + order.id(), torn, "Content-Type", "application/octet-stream");
        assertThat(sent.status()).isGreaterThanOrEqualTo(400);
        assertThatThrownBy(() -> outcome(download)).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void what_the_agent_could_not_read_is_told_in_its_words() {
        var agent = online("archive-failed");
        var volume = volume("archive-failed");
        var download = meanwhile(() -> api.get("/api/v1/volumes/" + volume + "/archive"));
        result(agent, order(agent), Transfer.Result.failed("no space left on device"))
                .expect(204);
        var reply = outcome(download).expect(502);
        assertThat(reply.text("/code")).isEqualTo("transfer_failed");
        assertThat(reply.text("/detail")).contains("no space left on device");
    }

    private CompletableFuture<Reply> upload(String volume, byte[] archive) {
        return meanwhile(
                () -> api.sendBytes("PUT", "/api/v1/volumes/" + volume + "/archive", archive, "Content-Type", TAR));
    }

    @Test
    void a_restore_is_recorded_once_the_agent_has_all_that_was_sent() {
        var agent = online("archive-in");
        var volume = volume("archive-in");
        var archive = noise(900_000);
        var upload = upload(volume, archive);
        var order = order(agent);
        assertThat(order.direction()).isEqualTo(Transfer.Direction.RECEIVE);
        var received =
                as(agent).get(Paths.TRANSFERS + "/" + order.id()).expect(200).bytes();
        assertThat(received).isEqualTo(sealed(archive));
        assertThat(contents(volume)).isEqualTo("whole");
        as(agent).post(Paths.TRANSFERS + "/" + order.id() + "/begin", null).expect(204);
        assertThat(contents(volume)).isEqualTo("incomplete");
        var taking = ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\",\"volume\":\"" + volume + "\"}]";
        assertThat(api.post("/api/v1/workspaces", Sent.with("archive-in", "archive-in", taking))
                        .expect(409)
                        .text("/code"))
                .isEqualTo("volume_not_whole");
        result(agent, order, new Transfer.Result(null, archive.length, hex(sha256(archive))))
                .expect(204);
        assertThat(outcome(upload).expect(200).text("/contents")).isEqualTo("whole");
        assertThat(contents(volume)).isEqualTo("whole");
        var facts = api.get("/api/v1/events?resource=" + volume, "Trailer-Position", Long.toString(server.head()));
        assertThat(facts.text("/items/0/type")).isEqualTo("volume.restored");
        assertThat(facts.text("/items/0/data/sha256")).isEqualTo(hex(sha256(archive)));
        api.post("/api/v1/workspaces", Sent.with("archive-in", "archive-in", taking))
                .expect(201);
    }

    @Test
    void what_the_host_has_otherwise_than_it_was_sent_stays_incomplete() {
        var agent = online("archive-other");
        var volume = volume("archive-other");
        var upload = upload(volume, noise(10_000));
        var order = order(agent);
        as(agent).get(Paths.TRANSFERS + "/" + order.id()).expect(200);
        as(agent).post(Paths.TRANSFERS + "/" + order.id() + "/begin", null).expect(204);
        result(agent, order, new Transfer.Result(null, 10_000, "00".repeat(32))).expect(502);
        assertThat(outcome(upload).expect(502).text("/code")).isEqualTo("transfer_failed");
        assertThat(contents(volume)).isEqualTo("incomplete");
        var refused = api.get("/api/v1/volumes/" + volume + "/archive").expect(409);
        assertThat(refused.text("/code")).isEqualTo("volume_not_whole");
    }

    @Test
    void a_volume_in_use_is_not_restored_into_and_bad_input_is_told() {
        var agent = online("archive-busy");
        api.post(
                        "/api/v1/workspaces",
                        Sent.with(
                                "archive-busy",
                                "archive-busy",
                                ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}]"))
                .expect(201);
        var volume = api.get("/api/v1/volumes?host=archive-busy", "Trailer-Position", Long.toString(server.head()))
                .text("/items/0/id");
        var path = "/api/v1/volumes/" + volume + "/archive";
        assertThat(outcome(upload(volume, noise(1_024))).expect(409).text("/code"))
                .isEqualTo("volume_in_use");
        assertThat(api.sendBytes("PUT", path, noise(10), "Content-Type", "application/json")
                        .status())
                .isEqualTo(415);
        assertThat(api.get(path + "?dryRun=true").expect(400).text("/errors/0/pointer"))
                .isEqualTo("?dryRun");
        assertThat(api.get("/api/v1/volumes/nothing/archive").status()).isEqualTo(404);
        assertThat(server.anonymous().get(path).status()).isEqualTo(401);
        assertThat(as(agent).get(Paths.TRANSFERS + "/nothing").status()).isEqualTo(404);
    }

    @Test
    void copies_are_asked_for_while_nothing_runs_and_told_of_once_made() {
        var agent = online("archive-copy");
        var id = api.post(
                        "/api/v1/workspaces",
                        Sent.with(
                                "archive-copy",
                                "archive-copy",
                                ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}]"))
                .expect(201)
                .id();
        var volume = api.get("/api/v1/volumes?host=archive-copy", "Trailer-Position", Long.toString(server.head()))
                .text("/items/0/id");
        var refused = api.post("/api/v1/volumes/" + volume + "/clone", "{}").expect(409);
        assertThat(refused.text("/code")).isEqualTo("workspace_running");
        api.post("/api/v1/workspaces/" + id + "/stop", null).expect(202);
        var copy = api.post("/api/v1/volumes/" + volume + "/clone", "{}").expect(201);
        assertThat(copy.text("/name")).isEqualTo("home");
        assertThat(contents(copy.id())).isEqualTo("copying");
        server.awaitQuiet();
        agent.converge();
        assertThat(contents(copy.id())).isEqualTo("whole");
        var bad = api.post("/api/v1/volumes/" + volume + "/clone", "{\"name\":\"No\"}")
                .expect(400);
        assertThat(bad.text("/errors/0/pointer")).isEqualTo("/name");
        assertThat(List.of(api.post("/api/v1/volumes", "{\"host\":\"nowhere\"}").status()))
                .containsExactly(400);
    }
}
