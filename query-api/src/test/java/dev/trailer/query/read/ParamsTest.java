package dev.trailer.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trailer.api.Cursor;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.reason.FieldError;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.net.URI;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class ParamsTest {
    private static final String ID = "00000000-0000-4000-8000-00000000d001";

    private static Params params(String query, String... known) {
        return Params.of(
                MockServerWebExchange.from(MockServerHttpRequest.method(HttpMethod.GET, URI.create("/x" + query))),
                known);
    }

    private static List<String> pointers(ThrowingCallable call) {
        var refused = (Refused) catchThrowable(call);
        return ((Reason.InvalidInput) refused.reason())
                .errors().stream().map(FieldError::pointer).toList();
    }

    @Test
    void everything_wrong_is_told_at_once() {
        var params = params("?colour=red&state=odd&host=-&q=", "q", "state", "host");
        params.text("q", 10);
        params.oneOf("state", List.of("even"));
        params.read("host", name -> new HostName(name).value());
        assertThat(pointers(params::check)).containsExactly("?colour", "?q", "?state", "?host");
    }

    @Test
    void a_parameter_may_be_given_once() {
        assertThat(pointers(params("?q=a&q=b", "q")::check)).containsExactly("?q");
    }

    @Test
    void what_is_not_given_is_null() {
        var params = params("", "q", "state", "cursor", "limit");
        assertThat(params.text("q", 10)).isNull();
        assertThat(params.oneOf("state", List.of("even"))).isNull();
        assertThat(params.afterId()).isNull();
        assertThat(params.beforePosition()).isNull();
        assertThat(params.limit()).isEqualTo(50);
        params.check();
    }

    @Test
    void a_cursor_of_ours_is_read_back() {
        assertThat(params("?cursor=" + Cursor.after(ID), "cursor").afterId()).isEqualTo(ID);
        assertThat(params("?cursor=" + Cursor.after("42"), "cursor").beforePosition())
                .isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%00", "xx", "MTo", "MTond"})
    void any_other_cursor_is_refused(String cursor) {
        assertThat(pointers(() -> params("?cursor=" + cursor, "cursor").afterId()))
                .containsExactly("?cursor");
        assertThat(pointers(() -> params("?cursor=" + cursor, "cursor").beforePosition()))
                .containsExactly("?cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "201", "1e2", "99999999999"})
    void a_limit_is_1_to_200(String limit) {
        assertThat(pointers(() -> params("?limit=" + limit, "limit").limit())).containsExactly("?limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%00b", "%0A", "12345678901"})
    void a_text_is_printable_and_bounded(String text) {
        var params = params("?q=" + text, "q");
        params.text("q", 10);
        assertThatThrownBy(params::check).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", ID})
    void an_owner_is_a_handle_or_an_id(String owner) {
        assertThat(OwnerFilter.form(owner)).isEqualTo(owner);
    }

    @Test
    void nothing_else_is_an_owner() {
        assertThatThrownBy(() -> OwnerFilter.form("Ada!")).isInstanceOf(IllegalArgumentException.class);
    }
}
