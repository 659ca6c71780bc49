package dev.trailer.e2e.faults.load;

import dev.trailer.e2e.process.Answer;
import dev.trailer.e2e.process.Client;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One person with a script: asks for one random change or read after another, and again for what is in doubt. One thread. */
final class Writer {
    private static final String WORKSPACES = "/api/v1/workspaces";
    /** Workspaces at most: beyond it more are deleted than made. */
    private static final int MANY = 60;
    /** Changes in doubt that are asked for again. */
    private static final int MAX_DOUBTS = 50;

    private final String name;
    private final Random random;
    private final Supplier<Client> server;
    private final History history;
    private final Known workspaces;
    private final Known keptVolumes;
    private final List<String> hosts;
    private final Deque<Asked> doubts = new ArrayDeque<>();
    private int number;

    /**
     * @param name begins the names of all that it makes; nobody else uses them
     * @param server asked for each time
     * @param hosts their ids
     */
    Writer(
            String name,
            long seed,
            Supplier<Client> server,
            History history,
            Known workspaces,
            Known keptVolumes,
            List<String> hosts) {
        this.name = name;
        this.random = new Random(seed);
        this.server = server;
        this.history = history;
        this.workspaces = workspaces;
        this.keptVolumes = keptVolumes;
        this.hosts = hosts;
    }

    /** One request. */
    void step() {
        number++;
        if (!doubts.isEmpty() && random.nextInt(3) == 0) {
            again(doubts.removeFirst());
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 22 && workspaces.size() < MANY) {
            create();
        } else if (dice < 36) {
            operate("stop");
        } else if (dice < 52) {
            operate("start");
        } else if (dice < 58) {
            operate("restart");
        } else if (dice < 70) {
            patch();
        } else if (dice < 84) {
            delete();
        } else if (dice < 88) {
            deleteVolume();
        } else if (dice < 90) {
            var host = hosts.get(random.nextInt(hosts.size()));
            change("POST", "/api/v1/hosts/" + host + (random.nextBoolean() ? "/cordon" : "/resume"), null, null, 0);
        } else {
            read();
        }
    }

    /** All that is in doubt is asked for once more. */
    void settle() {
        for (int left = doubts.size(); left > 0; left--) {
            again(doubts.removeFirst());
        }
    }

    // ---- changes ----

    private void create() {
        int mounts = random.nextInt(3);
        var taken = random.nextInt(4) == 0 ? keptVolumes.any(random).orElse(null) : null;
        var volumes = new StringBuilder();
        for (int i = 0; i < mounts; i++) {
            volumes.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"v%d\",\"mountPath\":\"/v%d\"".formatted(i, i))
                    .append(i == 0 && taken != null ? ",\"volume\":\"" + taken + "\"}" : "}");
        }
        var workspace = name + "-" + number;
        var body = """
                {"name":"%s","image":"base","resources":{"cpus":0.1,"memoryBytes":16777216},"volumes":[%s]%s%s}""".formatted(
                        workspace,
                        volumes,
                        random.nextInt(4) == 0 ? ",\"autoStop\":\"P1D\"" : "",
                        random.nextInt(3) == 0 ? ",\"desired\":\"stopped\"" : "");
        if (mounts > 0 && taken != null) {
            keptVolumes.remove(taken);
        }
        change("POST", WORKSPACES, body, workspace, 1 + mounts);
    }

    private void operate(String verb) {
        workspaces.any(random).ifPresent(id -> change("POST", WORKSPACES + "/" + id + "/" + verb, null, null, 0));
    }

    private void patch() {
        var body =
                switch (random.nextInt(4)) {
                    case 0 -> "{\"env\":{\"N\":\"%d\"}}".formatted(number);
                    case 1 -> "{\"name\":\"%s-%d\"}".formatted(name, number);
                    case 2 -> "{\"resources\":{\"memoryBytes\":%d}}".formatted((16L + random.nextInt(64)) << 20);
                    default -> "{\"volumes\":[{\"name\":\"w%d\",\"mountPath\":\"/w\"}]}".formatted(random.nextInt(2));
                };
        workspaces.any(random).ifPresent(id -> change("PATCH", WORKSPACES + "/" + id, body, null, 0));
    }

    private void delete() {
        if (workspaces.size() < MANY / 3) {
            return;
        }
        workspaces.any(random).ifPresent(id -> {
            workspaces.remove(id);
            var volumes = random.nextBoolean() ? "?volumes=delete" : "";
            change("DELETE", WORKSPACES + "/" + id + volumes, null, null, 0);
        });
    }

    private void deleteVolume() {
        var kept = server.get().get("/api/v1/volumes?state=kept&limit=20");
        history.note(kept);
        if (!kept.succeeded()) {
            return;
        }
        kept.json().at("/items").valueStream().map(v -> v.path("id").asString()).forEach(id -> {
            keptVolumes.remove(id);
            keptVolumes.add(id);
        });
        keptVolumes.any(random).filter(_ -> random.nextBoolean()).ifPresent(id -> {
            keptVolumes.remove(id);
            change("DELETE", "/api/v1/volumes/" + id, null, null, 0);
        });
    }

    private void change(String method, String path, @Nullable String body, @Nullable String workspace, int events) {
        var key = method.equals("POST") && random.nextBoolean() ? name + "." + number : null;
        var answer = ask(method, path, body, key);
        settled(new Asked(method, path, body, key, workspace, events, answer));
    }

    private void again(Asked before) {
        settled(before.answered(ask(before.method(), before.path(), before.body(), before.key())));
    }

    private Answer ask(String method, String path, @Nullable String body, @Nullable String key) {
        return key == null
                ? server.get().ask(method, path, body)
                : server.get().ask(method, path, body, "Idempotency-Key", key);
    }

    private void settled(Asked asked) {
        history.note(asked);
        if (asked.inDoubt()) {
            // Without a key, asking again might do it twice.
            if (asked.key() != null && doubts.size() < MAX_DOUBTS) {
                doubts.addLast(asked);
            }
        } else if (asked.acknowledged() && asked.name() != null) {
            workspaces.add(asked.answer().text("/id"));
        }
    }

    // ---- reads ----

    private void read() {
        var path =
                switch (random.nextInt(5)) {
                    case 0 -> WORKSPACES + "?limit=20";
                    case 1 -> "/api/v1/volumes";
                    case 2 -> "/api/v1/events?limit=20";
                    case 3 -> "/api/v1/hosts";
                    default -> WORKSPACES + "/" + workspaces.any(random).orElse("none");
                };
        history.note(server.get().get(path));
    }
}
