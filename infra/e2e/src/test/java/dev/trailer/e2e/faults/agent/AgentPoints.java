package dev.trailer.e2e.faults.agent;

import java.util.List;
import java.util.stream.Stream;

/** The points of an agent's process: before and after each call that changes something on its engine. */
public final class AgentPoints {
    private static final String ENGINE = "dev.trailer.agent.service.engine.DockerEngine";

    /** The changes that an agent asks of its engine, by the names of their calls. */
    public static final List<String> CALLS = List.of(
            "build",
            "pull",
            "createNetwork",
            "createVolume",
            "createContainer",
            "startContainer",
            "stopContainer",
            "removeContainer",
            "removeNetwork",
            "removeVolume");

    public static final List<Point> ALL = CALLS.stream()
            .flatMap(call -> Stream.of(Point.entry(before(call), ENGINE, call), pointAfter(call)))
            .toList();

    private AgentPoints() {}

    /** No registry answers where this is tried: a pull fails, and the agent then asks whether the image is there all the same. */
    private static Point pointAfter(String call) {
        return call.equals("pull")
                ? Point.entry(after(call), ENGINE, "hasImage")
                : Point.exit(after(call), ENGINE, call);
    }

    /** The call that a point is before or after. */
    public static String callOf(Point point) {
        return point.name().substring(point.name().indexOf('-') + 1);
    }

    /** Nothing has reached the engine. */
    public static String before(String call) {
        return "before-" + call;
    }

    /** The engine has done it and said so; the agent has taken no note of it. */
    public static String after(String call) {
        return "after-" + call;
    }
}
