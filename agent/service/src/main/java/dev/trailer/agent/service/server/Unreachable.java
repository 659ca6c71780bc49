package dev.trailer.agent.service.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why no answer came, in words that say what to do. The same cause gives the same words, since they are told once. */
final class Unreachable {
    private Unreachable() {}

    static String words(String authority, IOException failure) {
        return "the server " + authority + " cannot be reached: " + why(failure);
    }

    private static String why(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        // The most telling one is the deepest: what was wrong with a certificate lies below "handshake failed".
        String words = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var these = of(cause);
            words = these == null ? words : these;
        }
        return words == null ? failure.toString() : words;
    }

    private static @Nullable String of(Throwable cause) {
        return switch (cause) {
            case CertPathBuilderException _ ->
                "its certificate is signed by nobody that this host trusts; --ca-file adds an authority of your own";
            case CertificateExpiredException _ -> "its certificate has expired, or this host's clock is wrong";
            case CertificateNotYetValidException _ -> "its certificate is not valid yet, or this host's clock is wrong";
            case CertificateException e
            when isOfAnotherName(e) -> "its certificate is another host's: " + e.getMessage();
            case CertificateException e -> "its certificate is not accepted: " + e.getMessage();
            case SSLException e
            when String.valueOf(e.getMessage()).contains("plaintext") ->
                "it does not speak TLS there; is it http:// that is meant?";
            case SSLException e -> "TLS failed: " + e.getMessage();
            case UnknownHostException _, UnresolvedAddressException _ -> "there is no host of that name";
            case ConnectException _ -> "nothing listens there, or something is in between";
            default -> null;
        };
    }

    private static boolean isOfAnotherName(CertificateException e) {
        var message = String.valueOf(e.getMessage());
        return message.startsWith("No subject alternative") || message.startsWith("No name matching");
    }
}
