package dev.trailer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.faults.agent.AgentPoints;
import dev.trailer.e2e.faults.agent.Haste;
import dev.trailer.e2e.faults.agent.Points;
import dev.trailer.e2e.faults.agent.Weaver;
import dev.trailer.e2e.process.Places;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The points are named by strings, so a renamed class or method of the product shows only here. */
class PointsTest {
    @Test
    void every_point_is_found_in_the_program() throws IOException {
        var classes = productClasses();
        var loader = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public java.io.InputStream getResourceAsStream(String name) {
                var bytes = classes.get(name);
                return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
            }
        };
        var all = Stream.concat(Points.ALL.stream(), AgentPoints.ALL.stream()).toList();
        var weaver = new Weaver(all);
        classes.forEach((file, bytes) -> weaver.weave(file.replace(".class", ""), bytes, loader));
        var missing = new HashSet<>(all);
        missing.removeAll(weaver.found());
        assertThat(missing)
                .as("points that the program does not have: mend Points or AgentPoints in dev.trailer.e2e.faults.agent")
                .isEmpty();
    }

    @Test
    void what_is_hurried_is_found_in_the_program() throws IOException {
        var calm = productClasses().get(Haste.CALM + ".class");
        assertThat(calm).as(Haste.CALM).isNotNull();
        assertThat(calm == null ? null : Haste.hurry(calm))
                .as("it counts minutes")
                .isNotNull();
    }

    /** By path; those of the rooms, wherever they are in the program's jar. */
    private static Map<String, byte[]> productClasses() throws IOException {
        var found = new HashMap<String, byte[]>();
        try (var program = new ZipFile(Places.jar().toFile())) {
            for (var entry : program.stream().toList()) {
                if (entry.getName().matches("BOOT-INF/lib/trailer-.*\\.jar")) {
                    try (var room = new ZipInputStream(program.getInputStream(entry))) {
                        for (var inner = room.getNextEntry(); inner != null; inner = room.getNextEntry()) {
                            if (inner.getName().endsWith(".class")) {
                                found.put(inner.getName(), room.readAllBytes());
                            }
                        }
                    }
                }
            }
        }
        return found;
    }
}
