package dev.trailer.agent.service.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are taken for the server's: those that Java trusts, and whom the host's owner trusts besides. */
public final class Trust {
    /** As Java comes. */
    public static final Trust OF_JAVA = new Trust(null);

    /** A bundle of every public authority is 0.3 MB; what is larger is some other file. */
    private static final long MAX_BYTES = 1 << 20;

    private final @Nullable SSLContext context;

    private Trust(@Nullable SSLContext context) {
        this.context = context;
    }

    /**
     * Java's, and these besides.
     *
     * @param authorities a PEM file of one certificate or more
     * @throws IOException if it cannot be read or is no such file; the message says so
     */
    public static Trust andOf(Path authorities) throws IOException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (X509Certificate known : ofJava()) {
                store.setCertificateEntry("java-" + count++, known);
            }
            for (Certificate given : read(authorities)) {
                store.setCertificateEntry("given-" + count++, given);
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return new Trust(context);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot be used: " + e.getMessage(), e);
        }
    }

    /** For a server that is not spoken to by TLS: Java's client would read all authorities for nothing, and keep them. */
    static SSLContext ofNobody() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java knows no TLS", e);
        }
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no such file");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("is larger than " + MAX_BYTES + " bytes: no PEM file of certificates");
        }
        Collection<? extends Certificate> found;
        try {
            found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (CertificateException e) {
            throw new IOException("is no PEM file of certificates", e);
        }
        if (found.isEmpty()) {
            throw new IOException("has no certificate in it");
        }
        return found;
    }

    private static X509Certificate[] ofJava() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager certificates) {
                return certificates.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    /** @param store null for Java's own */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Null for Java's default, which is made when it is first needed. */
    @Nullable
    SSLContext context() {
        return context;
    }
}
