package dev.pawl.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

@AnalyzeClasses(packages = "dev.pawl", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArrowsTest {

    private static final String API = "dev.pawl.api..";
    private static final String ENGINE = "dev.pawl.engine..";
    private static final String MODEL = "dev.pawl.engine.model..";
    private static final String EVENT = "dev.pawl.engine.event..";
    private static final String JSON = "dev.pawl.engine.json..";
    private static final String INTERPRET = "dev.pawl.engine.interpret..";
    private static final String COMMAND = "dev.pawl.engine.command..";
    private static final String AI = "dev.pawl.engine.ai..";
    private static final String PORT = "dev.pawl.engine.port..";
    private static final String HANDLER = "dev.pawl.engine.handler..";
    private static final String WORK = "dev.pawl.engine.work..";
    private static final String QUERY = "dev.pawl.engine.query..";
    private static final String LIVE = "dev.pawl.engine.live..";
    private static final String TESTKIT = "dev.pawl.testkit..";

    @ArchTest
    static final ArchRule plainJavaKnowsNoContainer = noClasses()
            .that()
            .resideInAnyPackage(API, ENGINE, TESTKIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "javax.transaction..", "javax.sql..", "java.sql..");

    @ArchTest
    static final ArchRule authorsImportTheApiAlone = classes()
            .that()
            .resideInAPackage(API)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(API, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule theEngineKnowsNoTests = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TESTKIT);

    @ArchTest
    static final ArchRule theModelUsesNothingOfTheEngineButItself = classes()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(MODEL, "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..");

    @ArchTest
    static final ArchRule eventsAreNames = classes()
            .that()
            .resideInAPackage(EVENT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(EVENT, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule interpretersArePure = noClasses()
            .that()
            .resideInAPackage(INTERPRET)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PORT, HANDLER, WORK, COMMAND, QUERY);

    @ArchTest
    static final ArchRule jsonKnowsNothingOfTheEngine = noClasses()
            .that()
            .resideInAPackage(JSON)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MODEL, EVENT, INTERPRET, COMMAND, PORT, HANDLER, WORK, QUERY);

    @ArchTest
    static final ArchRule portsKnowTheModelAlone = classes()
            .that()
            .resideInAPackage(PORT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(PORT, MODEL, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule onlyTheKernelUsesHandlers = noClasses()
            .that()
            .resideInAnyPackage(MODEL, EVENT, JSON, INTERPRET, COMMAND, PORT, WORK, QUERY, LIVE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HANDLER);

    @ArchTest
    static final ArchRule handlersCallNoUserCode = noClasses()
            .that()
            .resideInAPackage(HANDLER)
            .should()
            .callMethod(Stage.class, "execute", StageContext.class, Object.class);

    @ArchTest
    static final ArchRule timeAndChanceComeThroughPorts = noClasses()
            .that()
            .resideInAnyPackage(MODEL, INTERPRET, COMMAND, HANDLER, WORK, QUERY, AI, LIVE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callConstructor(Thread.class);

    @ArchTest
    static final ArchRule packagesOfTheEngineBelowItsWorkFormNoCircle = slices().matching("dev.pawl.engine.(*)..")
            .namingSlices("$1")
            .should()
            .beFreeOfCycles();
}
