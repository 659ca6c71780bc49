package dev.trailer.e2e.faults.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.Workspace;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/** What is claimed, as rows of text: as the tables have it, and as the folded history says that it must be. */
final class Claims {
    private Claims() {}

    /** @param connection in a snapshot in which the ledger stands where the model does */
    static void check(Model model, Connection connection) throws SQLException {
        assertThat(rows(connection, "select concat_ws(' ', kind, scope, name, holder) from name_claim"))
                .as("names claimed at %d", model.position())
                .isEqualTo(names(model));
        assertThat(rows(connection, """
                        select concat_ws(' ', holder, pool, cpu_millis, memory_bytes, gpus) from capacity_placement"""))
                .as("places claimed at %d", model.position())
                .isEqualTo(placements(model));
        assertThat(rows(connection, """
                        select concat_ws(' ', pool, open, cpu_millis, memory_bytes, gpus, promised_cpu_millis,
                          promised_memory_bytes, promised_gpus, holders) from capacity_pool""")).as("pools at %d", model.position()).isEqualTo(pools(model));
    }

    private static Set<String> rows(Connection connection, String sql) throws SQLException {
        var found = new TreeSet<String>();
        try (var query = connection.createStatement();
                var rows = query.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static Set<String> names(Model model) {
        var names = new TreeSet<String>();
        model.workspaces().values().stream()
                .filter(w -> w.life() == Workspace.Life.ACTIVE)
                .forEach(w -> names.add(
                        row(NameSpace.workspacesOf(w.owner()), w.spec().name().value(), w.id().value())));
        model.hosts().values().stream()
                .filter(h -> h.presence() != Host.Presence.REMOVED)
                .forEach(h -> names.add(row(NameSpace.HOSTS, h.name().value(), h.id().value())));
        model.images().values().stream()
                .filter(i -> !i.retired())
                .forEach(i -> names.add(row(NameSpace.IMAGES, i.name().value(), i.id().value())));
        return names;
    }

    private static String row(NameSpace space, String name, String holder) {
        return String.join(" ", space.kind(), space.scope(), name, holder);
    }

    private static Set<String> placements(Model model) {
        var places = new TreeSet<String>();
        model.workspaces().values().stream()
                .filter(w -> w.life() != Workspace.Life.GONE)
                .forEach(w -> places.add(w.id() + " " + w.host().id() + " " + text(promised(w))));
        model.volumes().values().stream()
                .filter(v -> v.life() != Volume.Life.GONE)
                .forEach(v -> places.add(v.id() + " " + v.host().id() + " " + text(Resources.NONE)));
        return places;
    }

    private static Set<String> pools(Model model) {
        var pools = new TreeSet<String>();
        for (Host host : model.hosts().values()) {
            if (host.presence() == Host.Presence.REMOVED) {
                continue;
            }
            var promised = Resources.NONE;
            long holders = 0;
            for (Workspace w : model.workspaces().values()) {
                if (w.life() != Workspace.Life.GONE && w.host().id().equals(host.id())) {
                    promised = promised.plus(promised(w));
                    holders++;
                }
            }
            holders += model.volumes().values().stream()
                    .filter(v -> v.life() != Volume.Life.GONE && v.host().id().equals(host.id()))
                    .count();
            boolean open = host.presence() == Host.Presence.ONLINE && !host.cordoned();
            var total = host.capability() == null
                    ? Resources.NONE
                    : host.capability().resources();
            // PostgreSQL says t and f.
            pools.add(host.id() + (open ? " t " : " f ") + text(total) + " " + text(promised) + " " + holders);
        }
        return pools;
    }

    private static Resources promised(Workspace workspace) {
        return workspace.desired() == Desired.RUNNING && workspace.life() == Workspace.Life.ACTIVE
                ? workspace.spec().resources()
                : Resources.NONE;
    }

    private static String text(Resources resources) {
        return resources.cpuMillis() + " " + resources.memoryBytes() + " " + resources.gpus();
    }
}
