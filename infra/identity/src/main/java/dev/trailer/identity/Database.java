package dev.trailer.identity;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Our tables. Whatever goes wrong there is {@code ledger_unavailable}: nobody is let in because a look-up failed. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** Single-row statements on indexes: past this, the database is not there. */
    private static final int QUERY_TIMEOUT_SECONDS = 5;

    private final JdbcClient jdbc;

    Database(DataSource dataSource) {
        var template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
        jdbc = JdbcClient.create(template);
    }

    /** @throws Refused with {@code ledger_unavailable} if the database does not answer */
    <T> T ask(Function<JdbcClient, T> question) {
        try {
            return question.apply(jdbc);
        } catch (DataAccessException e) {
            LOG.warn("The identity tables do not answer: {}", e.toString());
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }

    /** The driver takes no {@link Instant}. */
    static OffsetDateTime time(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
