package io.freshet;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import io.freshet.event.EventReader;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The map of docs/architecture.md, held true. */
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTest {

    private static final String ROOT = "io.freshet";

    /** What is packaged; test classes, among which those of src/dev are compiled, lie elsewhere. */
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(mainClasses());

    static final List<ArchRule> RULES = List.of(
            rooms(),
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            ROOT + ".plan..",
                            ROOT + ".state..",
                            ROOT + ".schedule..",
                            ROOT + ".mode.limit..",
                            ROOT + ".tables..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(
                            "io.quarkus..",
                            "io.smallrye..",
                            "io.vertx..",
                            "jakarta..",
                            "org.eclipse.microprofile..",
                            "org.apache.kafka..",
                            "org.jboss..",
                            "com.fasterxml..",
                            "java.io..",
                            "java.net..",
                            "java.nio.."))
                    .because("they are plain Java: no framework, no I/O"),
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            ROOT + ".plan..",
                            ROOT + ".state..",
                            ROOT + ".schedule..",
                            ROOT + ".mode.limit..",
                            ROOT + ".tables..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class)
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .because("time comes in as an argument"),
            noClasses()
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(ROOT + ".sandbox..", ROOT + ".dev.."))
                    .because("the packaged application carries no helper of development"),
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(ROOT + ".replica.Repeated")
                    .should()
                    .callMethod(
                            ScheduledExecutorService.class,
                            "scheduleWithFixedDelay",
                            Runnable.class,
                            long.class,
                            long.class,
                            TimeUnit.class)
                    .orShould()
                    .callMethod(
                            ScheduledExecutorService.class,
                            "scheduleAtFixedRate",
                            Runnable.class,
                            long.class,
                            long.class,
                            TimeUnit.class)
                    .because("a timer forgets for good what throws once"),
            fields().should(notBeInjected()).because("what a class needs is in its one constructor"),
            noMethods()
                    .that()
                    .areAnnotatedWith(Blocking.class)
                    .or()
                    .areAnnotatedWith(RunOnVirtualThread.class)
                    .or()
                    .areDeclaredInClassesThat()
                    .areAnnotatedWith(Blocking.class)
                    .should()
                    .haveRawReturnType(assignableTo(Uni.class))
                    .orShould()
                    .haveRawReturnType(assignableTo(Multi.class))
                    .orShould()
                    .haveRawReturnType(assignableTo(CompletionStage.class))
                    .because("what goes on later may do so on another thread before this one has let go of the request:"
                            + " then it is answered with 500"));

    private static ArchCondition<JavaField> notBeInjected() {
        return Stream.of(
                        "jakarta.inject.Inject",
                        "org.eclipse.microprofile.config.inject.ConfigProperty",
                        "org.eclipse.microprofile.reactive.messaging.Channel",
                        "org.eclipse.microprofile.rest.client.inject.RestClient")
                .map(ArchConditions::notBeAnnotatedWith)
                .map(ArchCondition::<JavaField>forSubtype)
                .reduce(ArchCondition::and)
                .orElseThrow();
    }

    private static ArchRule rooms() {
        var rooms = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("root")
                .definedBy(ROOT)
                .layer("tables")
                .definedBy(ROOT + ".tables")
                .layer("event")
                .definedBy(ROOT + ".event")
                .layer("lineage")
                .definedBy(ROOT + ".lineage")
                .layer("workspace")
                .definedBy(ROOT + ".workspace")
                .layer("mode.limit")
                .definedBy(ROOT + ".mode.limit")
                .layer("mode")
                .definedBy(ROOT + ".mode")
                .layer("catalog")
                .definedBy(ROOT + ".catalog")
                .layer("state")
                .definedBy(ROOT + ".state")
                .layer("plan")
                .definedBy(ROOT + ".plan")
                .layer("schedule")
                .definedBy(ROOT + ".schedule")
                .layer("ledger")
                .definedBy(ROOT + ".ledger")
                .layer("telemetry")
                .definedBy(ROOT + ".telemetry")
                .layer("replica")
                .definedBy(ROOT + ".replica")
                .layer("intake")
                .definedBy(ROOT + ".intake")
                .layer("run")
                .definedBy(ROOT + ".run")
                .layer("view")
                .definedBy(ROOT + ".view")
                .layer("api")
                .definedBy(ROOT + ".api")
                .layer("api.admin")
                .definedBy(ROOT + ".api.admin")
                .layer("api.produce")
                .definedBy(ROOT + ".api.produce")
                .layer("api.access")
                .definedBy(ROOT + ".api.access")
                .layer("cli")
                .definedBy(ROOT + ".cli")
                .layer("telemetry.log")
                .definedBy(ROOT + ".telemetry.log")
                .whereLayer("root")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("tables")
                .mayNotAccessAnyLayer()
                .whereLayer("event")
                .mayOnlyAccessLayers("tables")
                .whereLayer("lineage")
                .mayOnlyAccessLayers("event", "tables")
                .whereLayer("workspace")
                .mayOnlyAccessLayers("event", "lineage", "tables")
                .whereLayer("mode.limit")
                .mayNotAccessAnyLayer()
                .whereLayer("mode")
                .mayOnlyAccessLayers("workspace", "mode.limit")
                .whereLayer("catalog")
                .mayOnlyAccessLayers("event", "tables", "workspace", "mode")
                .whereLayer("state")
                .mayOnlyAccessLayers("event", "tables")
                .whereLayer("plan")
                .mayOnlyAccessLayers("event", "tables", "workspace", "catalog", "state")
                .whereLayer("schedule")
                .mayOnlyAccessLayers("event", "state")
                .whereLayer("ledger")
                .mayOnlyAccessLayers("event", "lineage", "tables", "state", "telemetry.log")
                .whereLayer("telemetry")
                .mayOnlyAccessLayers("event", "mode", "plan", "schedule", "state", "telemetry.log")
                .whereLayer("replica")
                .mayOnlyAccessLayers("event", "ledger", "mode", "mode.limit", "telemetry.log")
                .whereLayer("intake")
                .mayOnlyAccessLayers("event", "lineage", "workspace", "telemetry")
                .whereLayer("run")
                .mayOnlyAccessLayers(
                        "event",
                        "lineage",
                        "tables",
                        "workspace",
                        "mode",
                        "mode.limit",
                        "catalog",
                        "plan",
                        "state",
                        "schedule",
                        "ledger",
                        "replica",
                        "intake",
                        "telemetry")
                .whereLayer("view")
                .mayOnlyAccessLayers("event")
                .whereLayer("api")
                .mayOnlyAccessLayers(
                        "event",
                        "workspace",
                        "mode",
                        "mode.limit",
                        "state",
                        "ledger",
                        "replica",
                        "run",
                        "telemetry",
                        "view")
                .whereLayer("api.admin")
                .mayOnlyAccessLayers(
                        "event",
                        "lineage",
                        "tables",
                        "workspace",
                        "mode",
                        "mode.limit",
                        "catalog",
                        "plan",
                        "state",
                        "ledger",
                        "replica",
                        "run",
                        "api",
                        "api.access",
                        "telemetry.log")
                .whereLayer("api.produce")
                .mayOnlyAccessLayers("event", "intake", "telemetry", "api", "api.access")
                .whereLayer("api.access")
                .mayOnlyAccessLayers("api", "telemetry.log")
                .whereLayer("cli")
                .mayOnlyAccessLayers("event", "workspace", "ledger", "replica")
                .whereLayer("telemetry.log")
                .mayNotAccessAnyLayer()
                .ensureAllClassesAreContainedInArchitecture();
        return rooms;
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void shouldBeBuiltAsTheMapSays(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    @Test
    void shouldHaveEveryRoomNullMarked() {
        var unmarked = rooms(MAIN.getPackage(ROOT))
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName);

        assertThat(unmarked).as("rooms whose package-info isn't @NullMarked").isEmpty();
    }

    @Test
    void shouldLookAtThePackagedClassesAndAtNoOthers() {
        var names = MAIN.stream().map(JavaClass::getName);

        assertThat(names)
                .contains("io.freshet.event.EventReader", "io.freshet.state.ReportState")
                .noneMatch(name -> name.contains("Test") || name.startsWith(ROOT + ".sandbox"));
    }

    private static Stream<JavaPackage> rooms(JavaPackage whole) {
        return Stream.concat(Stream.of(whole), whole.getSubpackagesInTree().stream())
                .filter(room -> !room.getClasses().isEmpty());
    }

    private static Path mainClasses() {
        try {
            var place = EventReader.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(place.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
