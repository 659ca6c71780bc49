package dev.trailer.agent.service;

import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.EngineContractTest;

/** What the fake does in other tests is what real engines do. */
class FakeEngineContractTest extends EngineContractTest {
    private final FakeEngine fake = new FakeEngine();

    @Override
    protected ContainerEngine open() {
        fake.pull("contract-base:1", _ -> {});
        return fake;
    }

    @Override
    protected ContainerEngine openNothing() {
        var nothing = new FakeEngine();
        nothing.goDown();
        return nothing;
    }

    @Override
    protected String kind() {
        return "fake";
    }

    @Override
    protected String baseImage() {
        return "contract-base:1";
    }

    @Override
    protected String install() {
        return "install";
    }

    @Override
    protected void killBehindOurBack(String container) {
        fake.exit(container, 137);
    }
}
