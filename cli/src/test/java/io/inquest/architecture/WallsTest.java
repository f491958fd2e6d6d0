package io.inquest.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The walls of docs/architecture.md, which no review has to watch.
@AnalyzeClasses(packages = "io.inquest", importOptions = ImportOption.DoNotIncludeTests.class)
final class WallsTest {

    private static final String DUMP = "io.inquest.dump..";
    private static final String KERNEL = "io.inquest.kernel..";
    private static final String OUTPUT = "io.inquest.output..";
    private static final String MAKEDUMPFILE = "io.inquest.makedumpfile..";
    private static final String CRASH = "io.inquest.crash..";
    private static final String CAPTURE = "io.inquest.capture..";
    private static final String KDUMP = "io.inquest.kdump..";
    private static final String CLI = "io.inquest.cli..";

    /// Modules that run in the capture kernel, from a runtime that holds only java.base.
    private static final String[] BASE_ONLY = {DUMP, KERNEL, OUTPUT, MAKEDUMPFILE, CRASH, CAPTURE};

    @ArchTest
    static final ArchRule eachModuleKnowsOnlyTheOnesBelow = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.inquest..")
            .withOptionalLayers(true)
            .layer("dump")
            .definedBy(DUMP)
            .layer("kernel")
            .definedBy(KERNEL)
            .layer("output")
            .definedBy(OUTPUT)
            .layer("makedumpfile")
            .definedBy(MAKEDUMPFILE)
            .layer("crash")
            .definedBy(CRASH)
            .layer("capture")
            .definedBy(CAPTURE)
            .layer("kdump")
            .definedBy(KDUMP)
            .layer("cli")
            .definedBy(CLI)
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("kdump")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("capture")
            .mayOnlyBeAccessedByLayers("kdump", "cli")
            .whereLayer("makedumpfile")
            .mayOnlyBeAccessedByLayers("capture", "cli")
            .whereLayer("crash")
            .mayOnlyBeAccessedByLayers("capture", "cli")
            .whereLayer("output")
            .mayOnlyBeAccessedByLayers("makedumpfile", "crash", "capture", "kdump", "cli")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("makedumpfile", "crash", "capture", "cli")
            .whereLayer("dump")
            .mayOnlyBeAccessedByLayers("kernel", "makedumpfile", "crash", "capture", "kdump", "cli");

    /// A module's root package is its words and its entrance, so it and the packages under it know each other; those
    /// packages among themselves have an order.
    @ArchTest
    static final ArchRule packagesOfAModuleHaveNoCycles = slices().matching("io.inquest.(*).(*)..")
            .namingSlices("$1.$2")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    /// What is configured is a value; who reads it, and what is mounted, is other packages' matter.
    @ArchTest
    static final ArchRule configurationIsAValue = noClasses()
            .that()
            .resideInAPackage("io.inquest.capture.config")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.inquest.capture.config.read..", "io.inquest.capture.place..", "java.nio.file..", "java.io.."));

    @ArchTest
    static final ArchRule baseModulesNeedOnlyJavaBase = classes()
            .that()
            .resideInAnyPackage(BASE_ONLY)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "io.inquest..",
                            "java.io..",
                            "java.lang..",
                            "java.math..",
                            "java.net..",
                            "java.nio..",
                            "java.security..",
                            "java.text..",
                            "java.time..",
                            "java.util..",
                            "org.jspecify..")
                    .or(arrayOrPrimitive()));

    @ArchTest
    static final ArchRule librariesPrintNothingAndEndNothing = noClasses()
            .that()
            .resideInAnyPackage(DUMP, KERNEL)
            .should()
            .accessTargetWhere(member(System.class, "out|err|in|exit|getLogger|console"))
            .orShould()
            .accessTargetWhere(member(Runtime.class, "exit|halt|addShutdownHook"))
            .orShould()
            .dependOnClassesThat(resideInAPackage("java.util.logging.."));

    /// Each of these costs milliseconds at its first use, and a short run has few of them.
    @ArchTest
    static final ArchRule slowStartersAreLeftOut = noClasses()
            .that()
            .resideInAnyPackage(BASE_ONLY)
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.regex.."))
            .orShould()
            .dependOnClassesThat(are(type(java.util.Formatter.class)))
            .orShould()
            .accessTargetWhere(member(String.class, "format|formatted|matches|replaceAll|replaceFirst"));

    @ArchTest
    static final ArchRule onlyCodecsLoadNativeCode = noClasses()
            .that()
            .resideOutsideOfPackage("io.inquest.dump.codec..")
            .should()
            .accessTargetWhere(member(System.class, "load|loadLibrary"))
            .orShould()
            .accessTargetWhere(member(Runtime.class, "load|loadLibrary"));

    @ArchTest
    static final ArchRule nobodyReflectsIntoOthers = noClasses()
            .that()
            .resideInAnyPackage(BASE_ONLY)
            .should()
            .dependOnClassesThat(resideInAPackage("java.lang.reflect.."));

    /// A new machine type adds a package and a line in the list of architectures, and nothing else changes.
    @ArchTest
    static final ArchRule machineKnowledgeStaysInItsPackage = noClasses()
            .that(resideInAPackage("io.inquest..")
                    .and(DescribedPredicate.not(resideInAPackage("io.inquest.kernel.arch.."))))
            .should()
            .dependOnClassesThat(resideInAPackage("io.inquest.kernel.arch.*.."));

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .that()
            .resideInAPackage("io.inquest..")
            .should()
            .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Common|Misc)$");

    private WallsTest() {}

    private static DescribedPredicate<JavaAccess<?>> member(Class<?> of, String names) {
        return JavaAccess.Predicates.target(owner(type(of)))
                .and(JavaAccess.Predicates.target(nameMatching(names)))
                .as("uses " + of.getSimpleName() + "." + names);
    }

    private static DescribedPredicate<JavaClass> arrayOrPrimitive() {
        return DescribedPredicate.describe("array or primitive", c -> c.isArray() || c.isPrimitive());
    }
}
