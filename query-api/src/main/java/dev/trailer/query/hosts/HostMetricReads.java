package dev.trailer.query.hosts;

import static dev.trailer.query.read.Single.seen;
import static dev.trailer.query.read.Single.wellFormed;

import dev.trailer.api.MetricsView;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.host.GpuInventory;
import dev.trailer.domain.host.HostId;
import dev.trailer.query.metrics.OverTime;
import dev.trailer.query.metrics.Range;
import dev.trailer.query.port.GpuHistory;
import dev.trailer.query.port.MetricHistory;
import dev.trailer.query.read.Freshness;
import dev.trailer.query.view.ViewTable;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code GET /api/v1/hosts/{id}/metrics}. */
@RestController
@RequestMapping(path = "/api/v1/hosts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "hosts")
class HostMetricReads {
    private final ViewTable<HostRow> table;
    private final MetricHistory history;
    private final GpuHistory gpus;
    private final Freshness freshness;
    private final Clock clock;

    HostMetricReads(
            ViewTable<HostRow> table, MetricHistory history, GpuHistory gpus, Freshness freshness, Clock clock) {
        this.table = table;
        this.history = history;
        this.gpus = gpus;
        this.freshness = freshness;
        this.clock = clock;
    }

    @GetMapping("/{id}/metrics")
    @io.swagger.v3.oas.annotations.Operation(
            operationId = "getHostMetrics",
            summary = "How a host fared: samples of six hours, means of minutes of a week, of hours of a year")
    @OverTime
    MetricsView metrics(
            @Parameter(hidden = true) Principal principal,
            @PathVariable("id") String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        var range = Range.of(exchange, clock);
        freshness.settle(exchange, HostProjector.NAME);
        var found = table.find(wellFormed("host", id, HostId::new));
        var row = seen("host", id, found, _ -> AccessPolicy.permits(principal, Operation.HOST_READ, null));
        return range.read(history, gpus, id, gpusOf(row));
    }

    /** What is measured is the card, in however many slices it is given away. */
    private static List<String> gpusOf(HostRow row) {
        var capability = row.state().capability();
        return capability == null || capability.gpus() == null
                ? List.of()
                : capability.gpus().devices().stream()
                        .map(GpuInventory.Gpu::physical)
                        .distinct()
                        .toList();
    }
}
