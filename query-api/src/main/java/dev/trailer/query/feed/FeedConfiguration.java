package dev.trailer.query.feed;

import dev.trailer.query.facts.FactReader;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.port.Growth;
import dev.trailer.query.port.Timeline;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires this package. */
@Configuration(proxyBeanMethods = false)
public class FeedConfiguration {
    @Bean
    Feed feed(FactSource facts, FactReader reader, Growth growth, Timeline timeline) {
        return new Feed(facts, reader, growth, timeline, Feed.Limits.DEFAULT);
    }

    @Bean
    FeedReads feedReads(Feed feed) {
        return new FeedReads(feed);
    }
}
