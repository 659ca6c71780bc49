package dev.trailer.app.wiring;

import dev.trailer.ledger.audit.CheckpointLog;
import dev.trailer.ledger.audit.Checkpointer;
import dev.trailer.ledger.audit.LedgerExport;
import dev.trailer.ledger.audit.Verifier;
import dev.trailer.query.port.AuditTrail;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The audit trail, and the checkpoints that attest it from outside of the database. */
@Configuration(proxyBeanMethods = false)
class AuditPorts {
    @Bean
    CheckpointLog checkpointLog(
            @Value("${trailer.data}") Path data, @Value("${trailer.checkpoints}") Path checkpoints) {
        return new CheckpointLog(checkpoints, data.resolve("checkpoint-key"));
    }

    /** Its beginning and end are those of {@link #checkpointing}. */
    @Bean(destroyMethod = "")
    Checkpointer checkpointer(DataSource database, CheckpointLog log, Clock clock) {
        return new Checkpointer(database, log, clock);
    }

    @Bean
    SmartLifecycle checkpointing(Checkpointer checkpointer) {
        return new Checkpointing(checkpointer);
    }

    @Bean
    SmartInitializingSingleton checkpointGauges(Checkpointer checkpointer, MeterRegistry registry) {
        return () -> {
            Gauge.builder("trailer.checkpoint.position", checkpointer, Checkpointer::position)
                    .description("The last position that a checkpoint attests")
                    .register(registry);
            Gauge.builder("trailer.checkpoint.trouble", checkpointer, c -> c.trouble() == null ? 0 : 1)
                    .description("1 while no checkpoint can be written, or the last one contradicts the ledger")
                    .register(registry);
        };
    }

    @Bean
    AuditTrail auditTrail(DataSource database, CheckpointLog log, Clock clock) {
        var verifier = new Verifier(database, log::reader);
        return new AuditTrail() {
            @Override
            public Verdict verify() {
                var found = verifier.verify();
                var attested = found.checkpoints();
                return new Verdict(
                        found.whole(),
                        found.checked(),
                        found.head(),
                        found.firstBad(),
                        found.problem(),
                        new Checkpoints(
                                attested.checked(),
                                attested.lastPosition(),
                                attested.elsewhere(),
                                attested.problem(),
                                attested.warnings()));
            }

            @Override
            public Export export() {
                return exportOf(LedgerExport.open(database, () -> log.now(clock)));
            }
        };
    }

    private static AuditTrail.Export exportOf(LedgerExport export) {
        return new AuditTrail.Export() {
            @Override
            public long head() {
                return export.head();
            }

            @Override
            public void begin(long from, long to) {
                export.begin(from, to);
            }

            @Override
            public byte @Nullable [] next() {
                return export.next();
            }

            @Override
            public void close() {
                export.close();
            }
        };
    }

    /** Begins before the server answers, and ends once it does not any more: then nothing is recorded behind the last one. */
    private static final class Checkpointing implements SmartLifecycle {
        private final Checkpointer checkpointer;
        private volatile boolean running;

        Checkpointing(Checkpointer checkpointer) {
            this.checkpointer = checkpointer;
        }

        @Override
        public void start() {
            checkpointer.start();
            running = true;
        }

        @Override
        public void stop() {
            checkpointer.close();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return 0;
        }
    }
}
