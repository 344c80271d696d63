package dev.forebay.node;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/** The walls between modules, as ARCHITECTURE.md draws them. */
class LayeringTest {
    private static JavaClasses forebay = new ClassFileImporter().importPackages(List.of());

    @BeforeAll
    static void importClasses() {
        forebay =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("testkit"))
                        .importPackages("dev.forebay");
        assertThat(forebay).hasSizeGreaterThan(100);
    }

    @Test
    void arrowsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.forebay..")
                .layer("base")
                .definedBy("dev.forebay.base..")
                .layer("store")
                .definedBy(
                        "dev.forebay.meta..",
                        "dev.forebay.block..",
                        "dev.forebay.arena..",
                        "dev.forebay.understore")
                .layer("understores")
                .definedBy("dev.forebay.understore.*..")
                .layer("engine")
                .definedBy("dev.forebay.files..", "dev.forebay.objects..", "dev.forebay.tokens..")
                .layer("protocols")
                .definedBy("dev.forebay.protocol..")
                .layer("wire")
                .definedBy("dev.forebay.wire..")
                .layer("alluxio")
                .definedBy("dev.forebay.gateway.alluxio..")
                .layer("plasma")
                .definedBy("dev.forebay.gateway.plasma..")
                .layer("hdfs")
                .definedBy("dev.forebay.gateway.hdfs..")
                .layer("webhdfs")
                .definedBy("dev.forebay.gateway.webhdfs..")
                .layer("admin")
                .definedBy("dev.forebay.gateway.admin..")
                .layer("client")
                .definedBy("dev.forebay.client..")
                .layer("node")
                .definedBy("dev.forebay.node..")
                .whereLayer("node")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("alluxio")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("plasma")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("hdfs")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("webhdfs")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("admin")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("alluxio", "plasma", "hdfs", "webhdfs", "admin", "node")
                .whereLayer("protocols")
                .mayOnlyBeAccessedByLayers("plasma", "client", "node")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("alluxio", "plasma", "hdfs", "webhdfs", "admin", "node")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("understores", "engine", "node")
                .whereLayer("understores")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("node")
                .check(forebay);
    }

    @Test
    void noPackageCycles() {
        slices().matching("dev.forebay.(**)").should().beFreeOfCycles().check(forebay);
    }

    @Test
    void filesAreOpenedOnlyByBaseArenaAndTheEdges() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.forebay.base..",
                        "dev.forebay.arena..",
                        "dev.forebay.node..",
                        "dev.forebay.client..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.channels.FileChannel")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.io\\.(File|RandomAccessFile|File.*Stream|FileReader|FileWriter)")
                .check(forebay);
    }

    @Test
    void memoryIsForgedOnlyByArenaAndUnix() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.forebay.arena..", "dev.forebay.base.unix..")
                .should()
                .callMethodWhere(target(nameMatching("reinterpret|downcallHandle|upcallStub")))
                .check(forebay);
    }

    @Test
    void timeAndChanceComeFromBase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.forebay.base..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callConstructor(java.util.Random.class)
                .check(forebay);
    }

    @Test
    void processIsAskedOnlyByNode() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.forebay.node..")
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(forebay);
    }

    /** Two modules have a Hadoop of their own, which must not meet: decision 0009. */
    @Test
    void hadoopStaysInItsPlaces() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.forebay.gateway.hdfs..", "dev.forebay.understore.hadoop.inside..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop..")
                .check(forebay);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.forebay.understore.hadoop.inside..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.forebay.understore.hadoop.inside..")
                .check(forebay);
    }

    @Test
    void jsonStaysAtTheWires() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.forebay.gateway..", "dev.forebay.wire..", "dev.forebay.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(forebay);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked =
                forebay.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .toList();
        assertThat(unmarked).isEmpty();
    }

    @Test
    void namesSayWhatThingsAre() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Utils?|Helper|Manager|Processor)")
                .check(forebay);
    }
}
