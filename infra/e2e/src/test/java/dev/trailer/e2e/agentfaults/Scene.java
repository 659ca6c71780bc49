package dev.trailer.e2e.agentfaults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.agentfaults.Rig.Host;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Workspaces on one host, and how to make its agent do a certain call. In one round each workspace is asked for one thing.
 * One thread.
 */
final class Scene {
    private final Rig rig;
    private final Host host;
    /** Images of their own, so that one at a standstill holds up nobody else. */
    private final String built;

    private final String pulled;
    private final Workspace builder;
    private final Workspace puller;
    /** With data, for ever: what is stopped, started and changed. */
    private final List<Workspace> old = new ArrayList<>();
    /** Come and go. */
    private final Deque<Workspace> passing = new ArrayDeque<>();
    /** Deleted, their volumes kept. */
    private final List<Workspace> left = new ArrayList<>();
    /** Which were asked for something in this round. */
    private final Set<Workspace> busy = new HashSet<>();

    private int number;

    /** @param calls at once, each on a workspace of its own */
    Scene(Rig rig, Host host, int calls) {
        this.rig = rig;
        this.host = host;
        built = rig.define("{\"name\":\"built\",\"dockerfile\":\"FROM trailer/tiny\\n\"}");
        pulled = rig.define("{\"name\":\"pulled\",\"reference\":\"" + rig.tiny().another() + "\"}");
        builder = rig.create(host, "builder", "built");
        puller = rig.create(host, "puller", "pulled");
        for (int i = 0; i < calls; i++) {
            old.add(rig.create(host, "old-" + i, "tiny"));
        }
        all().forEach(Workspace::await);
        lasting().forEach(Workspace::write);
    }

    private Workspace create() {
        return rig.create(host, "passing-" + ++number, "tiny");
    }

    private List<Workspace> all() {
        var all = new ArrayList<>(lasting());
        all.addAll(passing);
        return all;
    }

    private List<Workspace> lasting() {
        var lasting = new ArrayList<>(old);
        lasting.add(builder);
        lasting.add(puller);
        return lasting;
    }

    /** Asks for something that the agent cannot do without that call. */
    void provoke(String call) {
        switch (call) {
            case "createNetwork", "createVolume" -> {
                var fresh = create();
                busy.add(fresh);
                passing.addLast(fresh);
            }
            case "createContainer", "removeContainer" -> idle().change("round-" + ++number);
            case "startContainer" -> stopped().ask("start");
            case "stopContainer" -> idle().ask("stop");
            case "removeNetwork" -> passingOne().delete(false);
            case "removeVolume" -> passingOne().delete(true);
            case "build" ->
                revise(built, "{\"dockerfile\":\"FROM trailer/tiny\\nENV ROUND=" + ++number + "\\n\"}", builder);
            case "pull" -> revise(pulled, "{\"reference\":\"" + rig.tiny().another() + "\"}", puller);
            default -> throw new AssertionError("nobody knows how to come by " + call);
        }
    }

    /** A new version of the image, and somebody who takes it. */
    private void revise(String image, String revision, Workspace taker) {
        rig.change("PATCH", "/api/v1/images/" + image, revision).expect(200);
        busy.add(taker);
        taker.ask("restart");
    }

    private Workspace stopped() {
        var found = old.stream()
                .filter(one -> !busy.contains(one) && one.desired().equals("stopped"))
                .findFirst();
        if (found.isPresent()) {
            busy.add(found.get());
            return found.get();
        }
        return idle().ask("stop").await();
    }

    /** One that runs and was not asked for anything in this round. */
    private Workspace idle() {
        var one = old.stream()
                .filter(found -> !busy.contains(found))
                .min(Comparator.comparing(Workspace::desired)) // running ones first
                .orElseThrow(() -> new AssertionError("no workspace is idle"));
        busy.add(one);
        return one.desired().equals("running") ? one : one.ask("start").await();
    }

    private Workspace passingOne() {
        var one = passing.stream()
                .filter(found -> !busy.contains(found))
                .findFirst()
                .orElseGet(() -> create().await());
        passing.remove(one);
        left.add(one);
        return one;
    }

    /** After a kill and a new start: all that was asked for is so, nothing else is there, and no byte is lost. */
    void settle(long epoch) {
        rig.awaitOnline(host, epoch);
        all().forEach(Workspace::await);
        left.forEach(Workspace::await);
        all().forEach(Workspace::assertExact);
        left.forEach(Workspace::assertExact);
        assertNothingElse();
        var readable = lasting().stream()
                .filter(one -> one.desired().equals("running"))
                .toList();
        readable.forEach(Workspace::assertNothingLost);
        readable.stream().filter(busy::contains).forEach(Workspace::write);
        busy.clear();
        left.removeIf(one -> one.desired().equals("gone"));
    }

    private void assertNothingElse() {
        int there = all().size();
        assertThat(rig.engine().containers(Rig.HOST, host.id())).hasSize(there);
        assertThat(rig.engine().networks(Rig.HOST, host.id())).hasSize(there);
        var kept = left.stream().filter(one -> one.desired().equals("kept")).count();
        assertThat(rig.engine().volumes(Rig.HOST, host.id()).stream()
                        .map((JsonNode volume) -> volume.path("Name").asString()))
                .hasSize(Math.toIntExact(there + kept));
    }
}
