package dev.trailer.e2e.stream;

import dev.trailer.e2e.process.Client;
import dev.trailer.e2e.process.Database;
import dev.trailer.e2e.process.DatabaseProxy;
import dev.trailer.e2e.process.ExternalPostgres;
import dev.trailer.e2e.process.Places;
import dev.trailer.e2e.process.ServerProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Two servers on one PostgreSQL, each with a way to it, and a way to each for readers, that can be cut. One thread. */
final class Pair implements AutoCloseable {
    private static final int SERVERS = 2;
    /** Long enough that what is under way breaks off, short enough for many in a run. */
    private static final int LONGEST_FAULT_MILLIS = 1_500;

    private final ExternalPostgres postgres = ExternalPostgres.start();
    private final List<DatabaseProxy> toDatabase = new ArrayList<>();
    private final List<DatabaseProxy> toServer = new ArrayList<>();
    private final List<ServerProcess> servers = new ArrayList<>();
    private int faults;

    Pair() {
        try {
            for (int i = 0; i < SERVERS; i++) {
                var way = new DatabaseProxy(postgres.database().port());
                toDatabase.add(way);
                servers.add(new ServerProcess(
                        Places.fresh("stream-" + i), postgres.database().through(way)));
                toServer.add(new DatabaseProxy(servers.get(i).port()));
            }
            // One after the other: the first migrates.
            servers.forEach(server -> server.start().awaitReady());
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    Database database() {
        return postgres.database();
    }

    List<ServerProcess> servers() {
        return List.copyOf(servers);
    }

    List<Client> clients() {
        return servers.stream().map(ServerProcess::client).toList();
    }

    String token() {
        return servers.getFirst().adminToken();
    }

    /** The servers themselves. */
    List<Integer> ports() {
        return servers.stream().map(ServerProcess::port).toList();
    }

    /** The servers by ways that are cut now and then. */
    List<Integer> shakyPorts() {
        return toServer.stream().map(DatabaseProxy::port).toList();
    }

    long head() throws SQLException {
        try (var connection = database().connect();
                var query = connection.createStatement();
                var row = query.executeQuery("select position from ledger_head")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** As an operator does after restoring a backup. */
    void newTimeline() throws SQLException {
        try (var connection = database().connect();
                var update = connection.createStatement()) {
            update.executeUpdate("update ledger_head set timeline = gen_random_uuid()::text");
        }
    }

    /** One fault, over when this returns; then some time without. */
    void disturb(Random random) throws InterruptedException {
        faults++;
        int victim = random.nextInt(SERVERS);
        var server = servers.get(victim);
        var way = toDatabase.get(victim);
        switch (random.nextInt(6)) {
            case 0 -> {
                server.kill();
                server.start().awaitReady();
            }
            case 1 -> way.cut();
            case 2 -> {
                way.refuse();
                rest(random);
                way.mend();
            }
            case 3 -> {
                server.pause();
                rest(random);
                server.resume();
            }
            default -> toServer.get(victim).cut();
        }
        rest(random);
    }

    int faults() {
        return faults;
    }

    /** How long a fault lasts is part of it. */
    private static void rest(Random random) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_FAULT_MILLIS));
    }

    /** Both are well. */
    void settle() {
        servers.forEach(server -> server.awaitReady(Duration.ofMinutes(1)));
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
        toServer.forEach(DatabaseProxy::close);
        toDatabase.forEach(DatabaseProxy::close);
        postgres.close();
    }
}
