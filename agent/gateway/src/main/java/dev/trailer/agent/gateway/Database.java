package dev.trailer.agent.gateway;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Our tables. Whatever goes wrong there is {@code ledger_unavailable}, and the end of calm. Any thread; blocks. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** Statements on indexes, a few rows each: past this, the database is not there. */
    private static final int QUERY_TIMEOUT_SECONDS = 5;

    private final JdbcClient jdbc;
    private final Calm calm;

    Database(DataSource dataSource, Calm calm) {
        var template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
        jdbc = JdbcClient.create(template);
        this.calm = calm;
    }

    /** @throws Refused with {@code ledger_unavailable} if the database does not answer */
    <T> T ask(Function<JdbcClient, T> question) {
        try {
            return question.apply(jdbc);
        } catch (DataAccessException e) {
            calm.trouble();
            LOG.warn("The agents' tables do not answer: {}", e.toString());
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }
}
