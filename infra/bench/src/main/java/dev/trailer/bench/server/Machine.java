package dev.trailer.bench.server;

import com.sun.management.OperatingSystemMXBean;
import dev.trailer.bench.Run;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured on. */
public final class Machine {
    private Machine() {}

    public static Map<String, Object> facts(Run run) throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("quick", run.quick());
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("memoryBytes", system.getTotalMemorySize());
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jdk", Runtime.version().toString());
        facts.put("postgresql", postgresql(run));
        return facts;
    }

    /** As the servers that ran have left it in the directory. */
    private static String postgresql(Run run) throws IOException {
        var noted = run.surroundings().work().resolve("postgresql.version");
        return Files.exists(noted) ? Files.readString(noted).strip() : "none was needed";
    }

    static void note(Surroundings surroundings, String postgresqlVersion) throws IOException {
        Files.writeString(surroundings.work().resolve("postgresql.version"), postgresqlVersion);
    }
}
