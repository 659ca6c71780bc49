package dev.trailer.app;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is, as JDBC wants it.
 *
 * @param user null to take PostgreSQL's default
 */
public record DatabaseUrl(
        String jdbc, @Nullable String user, @Nullable String password) {
    /** The first with {@code transaction_timeout}, which bounds what a stuck writer can hold up. */
    private static final int MIN_MAJOR = 17;

    private static final String CONNECT_SECONDS = "10";

    /**
     * Reads {@code postgresql://user:password@host:port/name?options}, or the same as {@code jdbc:postgresql:…}.
     *
     * @throws IllegalArgumentException without repeating the URL, which has a password in it
     */
    public static DatabaseUrl parse(String text) {
        if (text.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(text, null, null);
        }
        try {
            var uri = URI.create(text);
            if (!("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))
                    || uri.getHost() == null) {
                throw new IllegalArgumentException();
            }
            var port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
            var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            var jdbc = "jdbc:postgresql://" + uri.getHost() + port + path + query;
            var userInfo = uri.getRawUserInfo();
            if (userInfo == null) {
                return new DatabaseUrl(jdbc, null, null);
            }
            int colon = userInfo.indexOf(':');
            return colon < 0
                    ? new DatabaseUrl(jdbc, decode(userInfo), null)
                    : new DatabaseUrl(
                            jdbc, decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--database-url must have the form postgresql://user:password@host:port/name");
        }
    }

    /**
     * Makes sure that it can be used, before anything is built on it.
     *
     * @throws IOException with what is wrong, without the password
     */
    void requireUsable() throws IOException {
        var properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", CONNECT_SECONDS);
        try (var connection = DriverManager.getConnection(jdbc, properties)) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < MIN_MAJOR) {
                throw new IOException("the database is PostgreSQL " + major + "; " + MIN_MAJOR + " or newer is needed");
            }
        } catch (SQLException e) {
            throw new IOException("the database cannot be reached: " + e.getMessage(), e);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
