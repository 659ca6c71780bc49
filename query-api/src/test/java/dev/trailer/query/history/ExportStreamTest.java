package dev.trailer.query.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

class ExportStreamTest {
    private static final long ENDLESS = Long.MAX_VALUE - 1;

    /** Takes only what it is told to. */
    private static final class Reader extends BaseSubscriber<DataBuffer> {
        final List<String> seen = new CopyOnWriteArrayList<>();
        final List<Throwable> failures = new CopyOnWriteArrayList<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // asks for nothing by itself
        }

        @Override
        protected void hookOnNext(DataBuffer piece) {
            seen.add(piece.toString(StandardCharsets.UTF_8));
        }

        @Override
        protected void hookOnError(Throwable failure) {
            failures.add(failure);
        }

        static Reader of(Flux<DataBuffer> pieces) {
            var reader = new Reader();
            pieces.subscribe(reader);
            return reader;
        }
    }

    private static Flux<DataBuffer> pieces(ExportStream exports, long to) {
        return exports.pieces(DefaultDataBufferFactory.sharedInstance, export -> export.begin(1, to));
    }

    private static Refused refusal(Reader reader) {
        await().until(() -> !reader.failures.isEmpty());
        return (Refused) reader.failures.getFirst();
    }

    @Test
    void everything_comes_in_order_and_then_the_export_is_closed() {
        var trail = new FakeTrail(3);
        var seen = pieces(new ExportStream(trail), 3)
                .map(piece -> piece.toString(StandardCharsets.UTF_8))
                .collectList()
                .block();
        assertThat(seen).containsExactly("1\n", "2\n", "3\n");
        await().until(() -> trail.open.get() == 0);
    }

    @Test
    void no_more_is_read_than_was_asked_for() {
        var trail = new FakeTrail(ENDLESS);
        var reader = Reader.of(pieces(new ExportStream(trail), ENDLESS));
        reader.request(2);
        await().until(() -> reader.seen.size() == 2);
        assertThat(trail.taken).hasValue(2);
        reader.request(3);
        await().until(() -> reader.seen.size() == 5);
        assertThat(trail.taken).hasValue(5);
        reader.cancel();
        await().until(() -> trail.open.get() == 0);
    }

    @Test
    void a_third_at_once_is_refused_and_may_come_when_one_of_the_others_has_gone() {
        var trail = new FakeTrail(ENDLESS);
        var exports = new ExportStream(trail);
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < 2; i++) {
            var reader = Reader.of(pieces(exports, ENDLESS));
            reader.request(1);
            await().until(() -> reader.seen.size() == 1);
            readers.add(reader);
        }
        var third = Reader.of(pieces(exports, ENDLESS));
        third.request(1);
        assertThat(refusal(third).reason()).isInstanceOf(Reason.Contended.class);
        assertThat(trail.open).hasValue(2);

        readers.getFirst().cancel();
        await().until(() -> trail.open.get() == 1);
        var fourth = Reader.of(pieces(exports, ENDLESS));
        fourth.request(1);
        await().until(() -> fourth.seen.size() == 1);
        readers.getLast().cancel();
        fourth.cancel();
        await().until(() -> trail.open.get() == 0);
    }

    @Test
    void what_was_asked_for_wrongly_is_refused_and_holds_nothing() {
        var trail = new FakeTrail(1);
        var exports = new ExportStream(trail);
        for (int i = 0; i < 3; i++) {
            var reader = Reader.of(exports.pieces(DefaultDataBufferFactory.sharedInstance, export -> {
                throw new Refused(new Reason.NoSuchPath());
            }));
            reader.request(1);
            assertThat(refusal(reader).reason()).isInstanceOf(Reason.NoSuchPath.class);
        }
        assertThat(trail.open).hasValue(0);
    }
}
