package dev.trailer.bench.command;

import dev.trailer.query.port.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Notes when one view passes which position. Started by one thread, asked by it after the end. */
final class ViewWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final String view;
    private final Progress progress;
    private final List<Passage> passages = new ArrayList<>();
    private final Thread thread;
    private volatile long end = Long.MAX_VALUE;

    private ViewWatch(String view, Progress progress) {
        this.view = view;
        this.progress = progress;
        this.thread = Thread.ofVirtual().name("watch-" + view).unstarted(this::watch);
    }

    static ViewWatch start(String view, Progress progress) {
        var watch = new ViewWatch(view, progress);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            long position = progress.position(view);
            while (position < end) {
                if (progress.await(view, position + 1, LOOK)) {
                    position = progress.position(view);
                    passages.add(new Passage(position, System.nanoTime()));
                }
            }
        } catch (InterruptedException e) {
            // no more is wanted
        }
    }

    /** Waits until it has passed {@code position}, the last that is of interest. */
    void endAt(long position) throws InterruptedException {
        end = position;
        if (!thread.join(PATIENCE)) {
            thread.interrupt();
            throw new IllegalStateException(view + " is more than " + PATIENCE + " behind");
        }
    }

    /** When it had passed it, by {@link System#nanoTime}; long ago, if that was before the watch began. */
    long passed(long position) {
        int low = 0;
        int high = passages.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (passages.get(middle).position() >= position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return passages.get(low).nanos();
    }
}
