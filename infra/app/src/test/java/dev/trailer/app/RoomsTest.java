package dev.trailer.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Which room may import which: the table of {@code docs/architecture.md}, as a test. */
@AnalyzeClasses(packages = "dev.trailer", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    private static final String DOMAIN = "dev.trailer.domain";
    private static final String API = "dev.trailer.api";
    private static final String COMMAND = "dev.trailer.command";
    private static final String QUERY = "dev.trailer.query";
    private static final String PROTOCOL = "dev.trailer.agent.protocol";
    private static final String PLAN = "dev.trailer.agent.plan";
    private static final String SERVICE = "dev.trailer.agent.service";
    private static final String AGENT_MAIN = "dev.trailer.agent.main";
    private static final String GATEWAY = "dev.trailer.agent.gateway";
    private static final String LEDGER = "dev.trailer.ledger";
    private static final String IDENTITY = "dev.trailer.identity";
    private static final String SECRETS = "dev.trailer.secrets";
    private static final String APP = "dev.trailer.app";

    private static final List<String> ROOMS = List.of(
            DOMAIN, API, COMMAND, QUERY, PROTOCOL, PLAN, SERVICE, AGENT_MAIN, GATEWAY, LEDGER, IDENTITY, SECRETS, APP);

    @ArchTest
    static final ArchRule domain = room(DOMAIN, "the rules know nobody");

    @ArchTest
    static final ArchRule api = room(API, "documents are made from the domain's states alone", DOMAIN);

    @ArchTest
    static final ArchRule command = room(
            COMMAND,
            "what it needs of the ledger, of agents and of people it declares as ports",
            DOMAIN,
            API,
            PROTOCOL);

    @ArchTest
    static final ArchRule query =
            room(QUERY, "reads never dispatch commands, so they cannot even see them", DOMAIN, API, PROTOCOL, PLAN);

    @ArchTest
    static final ArchRule protocol = room(PROTOCOL, "both sides of the wire, so neither");

    @ArchTest
    static final ArchRule plan = room(PLAN, "pure, so that server and agent plan alike", PROTOCOL);

    @ArchTest
    static final ArchRule service = room(SERVICE, "small enough for every host: no server inside", PROTOCOL, PLAN);

    @ArchTest
    static final ArchRule agentMain = room(AGENT_MAIN, "starts the agent and knows nothing else", SERVICE);

    @ArchTest
    static final ArchRule gateway =
            room(GATEWAY, "agents' words become commands through a port", DOMAIN, API, PROTOCOL);

    @ArchTest
    static final ArchRule ledger = room(LEDGER, "stores facts, whoever made them", DOMAIN);

    @ArchTest
    static final ArchRule identity = room(IDENTITY, "who is asking does not depend on what is asked", DOMAIN, API);

    @ArchTest
    static final ArchRule secrets = room(SECRETS, "keeps values; who may have them is asked before it is", DOMAIN);

    @ArchTest
    static final ArchRule agentIsSmall = noClasses()
            .that()
            .resideInAnyPackage(AGENT_MAIN + "..", SERVICE + "..", PLAN + "..", PROTOCOL + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.axonframework..", "java.sql..", "javax.sql..")
            .because("an agent runs on every host, also on an old one: no Spring, no Axon, no database");

    @ArchTest
    static final ArchRule rulesArePure = noClasses()
            .that()
            .resideInAPackage(DOMAIN + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "com.github.dockerjava..")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("rules have no framework, no SQL, no Docker and no clock of their own");

    @ArchTest
    static final ArchRule documented = classes()
            .that()
            .resideInAPackage("dev.trailer..")
            .should(new ArchCondition<>("be in a package with a package-info that is @NullMarked") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    if (item.getPackage().tryGetPackageInfo().isEmpty()
                            || !item.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(item, item.getPackageName() + " says nothing"));
                    }
                }
            })
            .because("every package says what it is for, and has checked nullness");

    private static ArchRule room(String room, String reason, String... mayImport) {
        var forbidden = new ArrayList<String>();
        for (String other : ROOMS) {
            if (!other.equals(room) && !List.of(mayImport).contains(other)) {
                forbidden.add(other + "..");
            }
        }
        return noClasses()
                .that()
                .resideInAPackage(room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .because(reason);
    }
}
