package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.gateway.Commands;
import dev.trailer.agent.gateway.GatewayWrite;
import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.host.HostCommand.LoseHost;
import dev.trailer.domain.host.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts taken out of service, put back, and given up. */
@ExtendWith(SharedServer.class)
class HostServiceTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final int MANY = 300;
    private static final String HOSTS = "/api/v1/hosts/";

    private final TestServer server;
    private final Api api;

    HostServiceTest(TestServer server) {
        this.server = server;
        this.api = server.api();
    }

    private FakeAgent host(String name) {
        return FakeAgent.online(server, name, FakeAgent.facts(64_000, 64L << 30, 0));
    }

    private String create(String name, String host, String more) {
        return api.post(WORKSPACES, Sent.with(name, host, more)).expect(201).id();
    }

    private Reply fresh(String path) {
        return api.get(path, "Trailer-Position", Long.toString(server.head())).expect(200);
    }

    private Reply workspace(String id) {
        return fresh(WORKSPACES + "/" + id);
    }

    private void awaitFollowers() {
        // What a policy sent in answer to an event is beyond that event.
        server.awaitQuiet();
        server.awaitQuiet();
    }

    private void lose(FakeAgent agent) {
        var mark = new GatewayWrite(
                "update agent_session set online = false where host = ?", List.of(agent.host()), false);
        server.part(Commands.class)
                .send(Actor.system("host-watch"), new LoseHost(new HostId(agent.host()), Instant.EPOCH), List.of(mark));
        awaitFollowers();
    }

    @Nested
    class Drain {
        @Test
        void tells_first_which_workspaces_it_would_stop_and_changes_nothing() {
            var agent = host("drain-told");
            var running = create("drain-told-a", "drain-told", "");
            create("drain-told-b", "drain-told", ",\"desired\":\"stopped\"");
            long head = server.head();
            var told =
                    api.post(HOSTS + agent.host() + "/drain?dryRun=true", null).expect(200);
            assertThat(told.text("/events/0/type")).isEqualTo("host.drained");
            assertThat(told.text("/resource/drained")).isEqualTo("true");
            assertThat(told.json().path("consequences").size()).isEqualTo(1);
            assertThat(told.text("/consequences/0/id")).isEqualTo(running);
            assertThat(told.text("/consequences/0/name")).isEqualTo("drain-told-a");
            assertThat(told.text("/consequences/0/owner")).isEqualTo("admin");
            assertThat(told.text("/consequences/0/becomes")).isEqualTo("stopped");
            assertThat(server.head()).isEqualTo(head);
            assertThat(fresh(HOSTS + agent.host()).text("/drained")).isEqualTo("false");
        }

        @Test
        void stops_what_runs_keeps_volumes_and_shows_how_far_it_is() {
            var agent = host("drain-stops");
            var id = create(
                    "drain-stops-a", "drain-stops", ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}]");
            awaitFollowers();
            agent.converge();
            assertThat(fresh(HOSTS + agent.host()).text("/workspaces/unsettled"))
                    .isEqualTo("1");
            var drained = api.post(HOSTS + agent.host() + "/drain", null).expect(202);
            assertThat(drained.text("/cordoned")).isEqualTo("true");
            assertThat(drained.text("/state")).isEqualTo("online");
            awaitFollowers();
            assertThat(workspace(id).text("/desired")).isEqualTo("stopped");
            assertThat(fresh(HOSTS + agent.host()).text("/workspaces/unsettled"))
                    .as("its host has not stopped it yet")
                    .isEqualTo("1");
            agent.converge();
            var host = fresh(HOSTS + agent.host());
            assertThat(host.text("/workspaces/unsettled")).isEqualTo("0");
            assertThat(host.text("/workspaces/total")).isEqualTo("1");
            var stopped = workspace(id);
            assertThat(stopped.text("/observed/phase")).isEqualTo("stopped");
            assertThat(stopped.text("/observed/reason/code")).isEqualTo("drained");
            assertThat(stopped.text("/observed/reason/remedy/operation")).isEqualTo("POST /api/v1/hosts/{id}/resume");
            assertThat(fresh("/api/v1/volumes?host=drain-stops").text("/items/0/state"))
                    .isEqualTo("in-use");
            var stop = fresh("/api/v1/events?resource=" + id + "&actor=drain");
            var drain = fresh("/api/v1/events?resource=" + agent.host() + "&type=host.drained");
            assertThat(stop.text("/items/0/causationId")).isEqualTo(drain.text("/items/0/id"));
        }

        @Test
        void lets_nothing_come_or_start_there_until_it_is_resumed_which_starts_nothing() {
            var agent = host("drain-closed");
            var id = create("drain-closed-a", "drain-closed", "");
            api.post(HOSTS + agent.host() + "/drain", null).expect(202);
            awaitFollowers();
            for (String operation : List.of("start", "restart")) {
                var refused =
                        api.post(WORKSPACES + "/" + id + "/" + operation, null).expect(409);
                assertThat(refused.text("/code")).as(operation).isEqualTo("host_drained");
                assertThat(refused.text("/remedy/operation")).isEqualTo("POST /api/v1/hosts/{id}/resume");
            }
            assertThat(api.patch(WORKSPACES + "/" + id, "{\"desired\":\"running\"}")
                            .expect(409)
                            .text("/code"))
                    .isEqualTo("host_drained");
            api.patch(WORKSPACES + "/" + id, "{\"env\":{\"A\":\"1\"}}").expect(200);
            assertThat(api.post(WORKSPACES, Sent.workspace("drain-closed-b", "drain-closed"))
                            .expect(409)
                            .text("/code"))
                    .isEqualTo("host_cordoned");
            api.post(HOSTS + agent.host() + "/resume", null).expect(200);
            awaitFollowers();
            assertThat(workspace(id).text("/desired")).isEqualTo("stopped");
            api.post(WORKSPACES + "/" + id + "/start", null).expect(202);
        }

        @Test
        void a_second_time_changes_nothing_and_an_older_generation_is_refused() {
            var agent = host("drain-twice");
            var path = HOSTS + agent.host() + "/drain";
            assertThat(api.post(path, null, "If-Match", "\"7\"").expect(412).text("/code"))
                    .isEqualTo("stale");
            api.post(path, null, "If-Match", "\"1\"").expect(202);
            awaitFollowers();
            long head = server.head();
            assertThat(api.post(path, null).expect(202).text("/generation")).isEqualTo("2");
            assertThat(server.head()).isEqualTo(head);
        }

        @Test
        void of_hundreds_of_workspaces_stops_each_by_a_command_of_its_own() {
            var agent = host("drain-many");
            IntStream.range(0, MANY).parallel().forEach(i -> create("drain-many-" + i, "drain-many", ""));
            api.post(HOSTS + agent.host() + "/drain", null).expect(202);
            await().atMost(Duration.ofMinutes(2)).until(() -> stops(agent.host()) == MANY);
            server.awaitQuiet();
            assertThat(stops(agent.host())).isEqualTo(MANY);
        }

        private int stops(String host) {
            return server.sql().sql("""
                            select count(distinct position) from ledger_event e
                            join capacity_placement p on p.holder = e.aggregate_id
                            where p.pool = ? and e.type = 'workspace.stop-requested'""").param(host).query(Integer.class).single();
        }
    }

    @Nested
    class Giving_up {
        @Test
        void an_online_host_is_refused() {
            var agent = host("lost-not");
            var refused = api.delete(HOSTS + agent.host() + "?force=true").expect(409);
            assertThat(refused.text("/code")).isEqualTo("host_online");
            assertThat(refused.text("/remedy/operation")).isEqualTo("POST /api/v1/hosts/{id}/drain");
        }

        @Test
        void a_lost_host_tells_first_what_goes_with_it_then_takes_it_out_of_the_records_one_by_one() {
            var agent = host("lost-good");
            var id = create(
                    "lost-good-a", "lost-good", ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}]");
            var volume = workspace(id).text("/volumes/0/volume");
            var kept = create(
                    "lost-good-b", "lost-good", ",\"volumes\":[{\"name\":\"kept\",\"mountPath\":\"/home/dev\"}]");
            var keptVolume = workspace(kept).text("/volumes/0/volume");
            api.delete(WORKSPACES + "/" + kept).expect(202);
            lose(agent);
            assertThat(api.delete(HOSTS + agent.host()).expect(409).text("/code"))
                    .isEqualTo("host_in_use");

            var told =
                    api.delete(HOSTS + agent.host() + "?force=true&dryRun=true").expect(200);
            var ids = IntStream.range(0, told.json().path("consequences").size())
                    .mapToObj(i -> told.text("/consequences/" + i + "/id"))
                    .toList();
            assertThat(ids).containsExactlyInAnyOrder(id, volume, kept, keptVolume);

            var given = api.delete(HOSTS + agent.host() + "?force=true").expect(200);
            assertThat(given.text("/state")).isEqualTo("abandoned");
            awaitFollowers();
            api.get(HOSTS + agent.host(), "Trailer-Position", Long.toString(server.head()))
                    .expect(404);
            api.get(WORKSPACES + "/" + id, "Trailer-Position", Long.toString(server.head()))
                    .expect(404);
            for (String gone : List.of(id, kept)) {
                assertThat(types(gone)).contains("workspace.deleted", "workspace.removed");
            }
            for (String gone : List.of(volume, keptVolume)) {
                assertThat(types(gone)).contains("volume.detached", "volume.deleted", "volume.removed");
            }
            assertThat(types(agent.host())).contains("host.abandoned", "host.removed");
            // Its names are free, and its agent is nobody any more.
            host("lost-good");
            create("lost-good-a", "lost-good", "");
            assertThat(agent.tryBeat().status()).isEqualTo(401);
            assertThat(agent.tryOpenSession().status()).isEqualTo(401);
        }

        private List<String> types(String resource) {
            var events = fresh("/api/v1/events?resource=" + resource);
            return IntStream.range(0, events.json().path("items").size())
                    .mapToObj(i -> events.text("/items/" + i + "/type"))
                    .toList();
        }
    }
}
