package dev.trailer.bench.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServer;

/**
 * A program: Reactor Netty and nothing else. Whoever asks is greeted, and at each {@code go FILE} sent the blocks of that file,
 * one buffer for each, with the flushes that Reactor Netty itself sees fit. Says its port.
 */
public final class BareWriter {
    private static final String GREETING = ":\n\n";
    private static final int MAX_ROUNDS = 64;

    private BareWriter() {}

    public static void main(String[] arguments) throws IOException {
        var rounds = Sinks.many().replay().<List<byte[]>>limit(MAX_ROUNDS);
        var server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                        "/stream", (request, response) -> response.header("Content-Type", "text/event-stream")
                                .sendHeaders()
                                .send(body(rounds))))
                .bindNow();
        System.out.println(server.port());
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            rounds.emitNext(blocks(Path.of(line.substring("go ".length()))), Sinks.EmitFailureHandler.FAIL_FAST);
        }
        server.disposeNow();
    }

    private static Publisher<ByteBuf> body(Sinks.Many<List<byte[]>> rounds) {
        return Flux.concat(
                Flux.just(Unpooled.wrappedBuffer(GREETING.getBytes(StandardCharsets.US_ASCII))),
                rounds.asFlux().concatMap(blocks -> Flux.fromIterable(blocks).map(Unpooled::wrappedBuffer)));
    }

    /** Each ends with an empty line. */
    private static List<byte[]> blocks(Path file) throws IOException {
        var blocks = new ArrayList<byte[]>();
        for (String block : Files.readString(file).split("(?<=\n\n)")) {
            blocks.add(block.getBytes(StandardCharsets.UTF_8));
        }
        return blocks;
    }
}
