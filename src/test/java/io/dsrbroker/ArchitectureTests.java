package io.dsrbroker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The house stands as its plan says. */
class ArchitectureTests {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dsrbroker");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("io.dsrbroker");

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(DsrBrokerApplication.class).verify();
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(NullMarked.class)
                .check(PRODUCT);
    }

    @Test
    void nobodyAsksTheSystemForTheTime() {
        noClasses()
                .that()
                .doNotHaveSimpleName("TimeConfiguration")
                .and()
                .doNotHaveSimpleName("TokenSources")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("time comes from the injected Clock")
                .check(PRODUCT);
    }

    /** Or {@code mvn spring-boot:test-run} does not know which to start. */
    @Test
    void oneClassAmongTheTestsHasAMain() {
        assertThat(TESTS.stream()
                        .filter(type ->
                                type.tryGetMethod("main", String[].class).isPresent())
                        .map(JavaClass::getSimpleName))
                .containsExactly("DevelopmentLauncher");
    }

    @Test
    void nobodyNamesClassesAfterNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Base)$")
                .check(PRODUCT);
    }
}
