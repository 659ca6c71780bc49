package dev.trailer.e2e.faults.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What woven methods call. Does nothing until the harness has armed a point; then the thread that comes there as the n-th
 * says so and waits, for the end of its process or for word to go on. The harness says {@code arm POINT N}, {@code disarm}
 * and {@code go}; it is told {@code at POINT}, and {@code broken CLASS} where a point could not be written in. Any thread.
 */
public final class Hook {
    private record Armed(String point, int left, CountDownLatch go) {
        @Nullable
        Armed next() {
            return left == 1 ? null : new Armed(point, left - 1, go);
        }
    }

    private static final AtomicReference<@Nullable Armed> ARMED = new AtomicReference<>();
    private static @Nullable Socket harness;

    private Hook() {}

    /** By the product's threads. */
    public static void hit(String point) {
        var armed = ARMED.get();
        while (armed != null && armed.point.equals(point)) {
            if (ARMED.compareAndSet(armed, armed.next())) {
                if (armed.left == 1) {
                    stopAt(armed);
                }
                return;
            }
            armed = ARMED.get();
        }
    }

    private static void stopAt(Armed armed) {
        say("at " + armed.point);
        // Whatever interrupts it: here it stands until it is told to go on.
        boolean interrupted = false;
        while (true) {
            try {
                armed.go.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void listenTo(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        harness = socket;
        var listener = new Thread(() -> listen(socket), "fault-agent");
        listener.setDaemon(true);
        listener.start();
    }

    private static void listen(Socket socket) {
        var waiting = new ArrayList<CountDownLatch>();
        try (var words = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8)) {
            while (words.hasNext()) {
                switch (words.next()) {
                    case "arm" -> {
                        var go = new CountDownLatch(1);
                        waiting.add(go);
                        ARMED.set(new Armed(words.next(), words.nextInt(), go));
                        say("armed");
                    }
                    case "disarm" -> ARMED.set(null);
                    case "go" -> waiting.forEach(CountDownLatch::countDown);
                    default -> throw new IllegalStateException("the harness says what is not understood");
                }
            }
        } catch (IOException e) {
            // The harness has gone, and with it all that it armed.
        } finally {
            ARMED.set(null);
            waiting.forEach(CountDownLatch::countDown);
        }
    }

    static synchronized void say(String words) {
        try {
            if (harness != null) {
                new PrintStream(harness.getOutputStream(), true, StandardCharsets.UTF_8).println(words);
            }
        } catch (IOException e) {
            // Nobody listens.
        }
    }
}
