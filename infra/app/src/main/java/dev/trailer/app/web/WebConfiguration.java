package dev.trailer.app.web;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RouterFunctions.resources;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.trailer.app.cluster.Membership;
import dev.trailer.app.wiring.Followers;
import dev.trailer.ledger.Committer;
import dev.trailer.ledger.HeadWatch;
import dev.trailer.ledger.Tail;
import dev.trailer.secrets.Vault;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;

/** What all of the server's HTTP shares. */
@Configuration(proxyBeanMethods = false)
@Import(OpenApiConfiguration.class)
public class WebConfiguration {
    /** Everything under these is answered by code, or with a problem; never with the web client's page. */
    private static final List<String> NOT_PAGES =
            List.of("/api/", "/agent/", "/livez", "/readyz", "/metrics", "/openapi.json");

    /** Styles are set inline by the component library; scripts never are. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; script-src 'self'; style-src 'self'"
            + " 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none';"
            + " frame-ancestors 'none'; form-action 'self'";

    @Bean
    WebExceptionHandler problemHandler() {
        return new ProblemHandler();
    }

    @Bean
    WebFilter securityHeaders() {
        return (exchange, chain) -> {
            var headers = exchange.getResponse().getHeaders();
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
            return chain.filter(exchange);
        };
    }

    /** The web client is one page whose paths are its own: each of them answers the page. */
    @Bean
    RouterFunction<ServerResponse> webClientPages() {
        var page = new ClassPathResource("static/index.html");
        return route(
                methods(HttpMethod.GET, HttpMethod.HEAD)
                        .and(WebConfiguration::isPage)
                        .and(request -> page.exists()),
                request -> ServerResponse.ok()
                        .contentType(MediaType.TEXT_HTML)
                        .cacheControl(CacheControl.noCache())
                        .bodyValue(page));
    }

    /** Their names carry a hash of what is in them, so a browser never needs to ask again. */
    @Bean
    RouterFunction<ServerResponse> webClientAssets() {
        return resources(
                "/assets/**",
                new ClassPathResource("static/assets/"),
                (asset, headers) -> headers.setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable()));
    }

    private static boolean isPage(ServerRequest request) {
        var path = request.path();
        boolean hasExtension = path.substring(path.lastIndexOf('/') + 1).contains(".");
        return !hasExtension && NOT_PAGES.stream().noneMatch(path::startsWith);
    }

    @Bean
    PrometheusMeterRegistry meterRegistry(Followers followers, Tail tail, Committer committer) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        LedgerMetrics.bind(registry, tail, committer);
        followers.bindTo(registry);
        return registry;
    }

    @Bean
    OperationsController operationsController(
            PrometheusMeterRegistry registry,
            Followers followers,
            Committer committer,
            HeadWatch head,
            Membership membership,
            Vault vault) {
        return new OperationsController(registry, followers, committer, head, membership, vault);
    }
}
