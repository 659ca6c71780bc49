package dev.trailer.agent.service.engine;

/** @param rootDirectory where the engine keeps its data, on its own machine */
public record EngineInfo(
        String engine,
        String version,
        String apiVersion,
        String os,
        String architecture,
        int cpus,
        long memoryBytes,
        String rootDirectory) {}
