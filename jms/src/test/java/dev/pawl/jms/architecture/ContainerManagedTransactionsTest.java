package dev.pawl.jms.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;

/** Transactions begin and end where the container says. */
@AnalyzeClasses(packages = "dev.pawl.jms", importOptions = ImportOption.DoNotIncludeTests.class)
class ContainerManagedTransactionsTest {

    @ArchTest
    static final ArchRule nobodyBeginsOrEndsATransactionByHand = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(UserTransaction.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(TransactionManager.class);

    @ArchTest
    static final ArchRule noBeanManagesItsOwnTransactions = noClasses()
            .should()
            .beAnnotatedWith(DescribedPredicate.describe(
                    "@TransactionManagement(BEAN)", ContainerManagedTransactionsTest::isBeanManaged));

    private static boolean isBeanManaged(JavaAnnotation<?> annotation) {
        return annotation.getRawType().isEquivalentTo(TransactionManagement.class)
                && annotation
                        .get("value")
                        .filter(value -> value instanceof JavaEnumConstant constant
                                && constant.name().equals(TransactionManagementType.BEAN.name()))
                        .isPresent();
    }
}
