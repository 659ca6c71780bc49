package dev.trailer.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one server for the whole run, because a start takes seconds: {@code @ExtendWith(SharedServer.class)} and a
 * parameter {@link TestServer}. There can be no second one beside it: all servers of a JVM share Netty's threads, which the
 * first that is closed ends. Each test makes hosts of its own there, and leaves alone what others made. A host named
 * {@code first} is online and has built {@code base}, so nothing happens there by itself.
 */
public final class SharedServer implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == TestServer.class;
    }

    @Override
    public TestServer resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        return extension
                .getRoot()
                .getStore(Namespace.create(SharedServer.class))
                .computeIfAbsent(Running.class, _ -> Running.start(), Running.class)
                .server();
    }

    /** Closed by JUnit after the last test. */
    record Running(Path data, TestServer server) implements AutoCloseable {
        static Running start() {
            try {
                var data = Files.createTempDirectory("trailer-shared");
                var server = TestServer.start(data);
                var first = FakeAgent.online(server, "first", FakeAgent.facts(1_000, 1L << 30, 0));
                // Its build has been requested once every policy has seen that the host is there.
                server.awaitQuiet();
                first.converge();
                server.awaitQuiet();
                return new Running(data, server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            server.close();
            TestServer.deleteTree(data);
        }
    }
}
