package dev.trailer.agent.service.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Files of containers as tar archives, piece by piece. Tells the engine's failures from those of the other end. However long
 * one takes, it goes on while bytes come: who reads or writes it bounds the wait for each piece, and ends it by an interrupt.
 */
final class DockerArchives {
    private final DockerConnection connection;

    DockerArchives(DockerConnection connection) {
        this.connection = connection;
    }

    void read(String container, String path, ContainerEngine.ArchiveReader reader) throws IOException {
        InputStream body = connection.stream(
                docker -> docker.copyArchiveFromContainerCmd(container, path).exec());
        // Its failures become ours while it is read, so that an IOException is the reader's own.
        try (InputStream tar = new FromEngine(body)) {
            reader.read(tar);
        }
    }

    void write(String container, String path, InputStream tar) throws IOException {
        var source = new ToEngine(tar);
        try {
            connection.stream(docker -> {
                docker.copyArchiveToContainerCmd(container)
                        .withTarInputStream(source)
                        .withRemotePath(path)
                        .exec();
                return true;
            });
        } catch (EngineException e) {
            source.throwFailure();
            throw e;
        }
        source.throwFailure();
    }

    private final class FromEngine extends FilterInputStream {
        FromEngine(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw connection.translated(e, false);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                throw connection.translated(e, false);
            }
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (IOException e) {
                // All that matters was read before, or its failure was told.
                Objects.requireNonNull(e);
            }
        }
    }

    /** Remembers why it ended: the client library tells only that something did. */
    private static final class ToEngine extends FilterInputStream {
        private volatile @Nullable Throwable failure;

        ToEngine(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException | RuntimeException e) {
                failure = e;
                throw e;
            }
        }

        void throwFailure() throws IOException {
            switch (failure) {
                case null -> {}
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }
}
