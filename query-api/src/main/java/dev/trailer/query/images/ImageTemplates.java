package dev.trailer.query.images;

import dev.trailer.api.ImageTemplateView;
import java.util.List;
import java.util.Map;

/** What images may begin with: all of Debian's own packages on {@code trailer/base}, so that no registry is needed. */
final class ImageTemplates {
    private static final String START_DATABASE = """
            #!/bin/sh
            # The first start makes the database; mount a volume at /var/lib/postgresql to keep it.
            set -e
            programs=$(echo /usr/lib/postgresql/*/bin)
            data=/var/lib/postgresql/trailer
            if [ ! -s "$data/PG_VERSION" ]; then
              "$programs/initdb" -D "$data" --auth-local=peer --auth-host=scram-sha-256
              echo 'host all all all scram-sha-256' >> "$data/pg_hba.conf"
            fi
            exec "$programs/postgres" -D "$data" -c listen_addresses='*' -c unix_socket_directories=/tmp
            """;

    static final List<ImageTemplateView> ALL = List.of(
            packages("tools", "Build tools: make, a C compiler, jq", "build-essential jq"),
            packages("node", "Node.js with npm", "nodejs npm"),
            packages("python", "Python with pip and virtual environments", "python3 python3-pip python3-venv"),
            packages("java", "A JDK with Maven", "default-jdk-headless maven"),
            packages("go", "Go with a C compiler", "golang gcc libc6-dev"),
            new ImageTemplateView(
                    "postgres", "A PostgreSQL server on port 5432", """
                    FROM trailer/base

                    USER root
                    RUN apt-get update \\
                     && apt-get install -y --no-install-recommends postgresql \\
                     && rm -rf /var/lib/apt/lists/* /var/lib/postgresql/*/main
                    COPY start-database /usr/local/bin/start-database
                    USER postgres
                    WORKDIR /var/lib/postgresql
                    CMD ["/usr/local/bin/start-database"]
                    """, Map.of("start-database", START_DATABASE)));

    private ImageTemplates() {}

    private static ImageTemplateView packages(String name, String title, String packages) {
        return new ImageTemplateView(name, title, """
                FROM trailer/base

                USER root
                RUN apt-get update \\
                 && apt-get install -y --no-install-recommends %s \\
                 && rm -rf /var/lib/apt/lists/*
                USER dev
                """.formatted(packages), Map.of());
    }
}
