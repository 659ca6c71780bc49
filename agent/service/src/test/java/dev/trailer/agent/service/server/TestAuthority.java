package dev.trailer.agent.service.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority that exists in one directory alone, made with the JDK's own keytool, and the servers that it vouches for. */
public final class TestAuthority {
    private static final String PASSWORD = "not-a-secret";
    private static final int KEYTOOL_SECONDS = 60;

    private final Path keys;
    private int servers;

    private TestAuthority(Path keys) {
        this.keys = keys;
    }

    public static TestAuthority in(Path directory, String name) throws IOException {
        var authority = new TestAuthority(directory.resolve(name + ".p12"));
        authority.keytool(
                "-genkeypair", "-alias", "authority", "-dname", "CN=" + name, "-ext", "bc:c", "-validity", "30");
        return authority;
    }

    /** Its certificate, as an operator would give it to an agent. */
    public Path pem() throws IOException {
        try {
            var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
            var text =
                    encoder.encodeToString(store().getCertificate("authority").getEncoded());
            return Files.writeString(
                    keys.resolveSibling(keys.getFileName() + ".pem"),
                    "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /**
     * What a server needs that it vouches for.
     *
     * @param name as in {@code dns:localhost}
     * @param validity as keytool takes it, such as {@code -startdate} and its value
     */
    public SSLContext server(String name, String... validity) throws IOException {
        var alias = "server-" + servers++;
        var arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-signer",
                "authority",
                "-ext",
                "san=" + name));
        arguments.addAll(List.of(validity));
        keytool(arguments.toArray(String[]::new));
        try {
            var one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            var password = PASSWORD.toCharArray();
            var all = store();
            one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(one, password);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    }

    private void keytool(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-keystore", keys.toString(), "-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
