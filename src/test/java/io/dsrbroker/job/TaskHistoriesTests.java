package io.dsrbroker.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays thousands of random histories of a delete on a {@link DeleteModel} and looks after every step whether the
 * {@link DeleteInvariants} hold; a failure names its seed. The order, the stages and the permit are those of
 * production; broken ones in their place must be caught. That no two deletes under way share an identifier is a unique
 * index's doing, so that a model would only test itself: the tests with a database look at that.
 */
class TaskHistoriesTests {

    private static final int HISTORIES = 3000;

    @Test
    void noHistoryBreaksAnInvariantAndEveryOneEnds() {
        List<String> violations =
                violations(DeleteModel.Rules.PRODUCTION).limit(3).toList();
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void brokenPartIsCaught(String name, DeleteModel.Rules rules, String violation) {
        assertThat(violations(rules).filter(one -> one.contains(violation)).findFirst())
                .as(name)
                .isPresent();
    }

    static Stream<Arguments> broken() {
        DeleteModel.Rules good = DeleteModel.Rules.PRODUCTION;
        return Stream.of(
                Arguments.of("order ignores children", good.with(TaskHistoriesTests::childless), "what is inside"),
                Arguments.of("order ignores what was kept", good.with(TaskHistoriesTests::heedless), "inside was kept"),
                Arguments.of("order ignores earlier types", good.with(TaskHistoriesTests::typeless), "begun before"),
                Arguments.of(
                        "order never sends",
                        good.with((group, all, parents, before) -> DeleteOrder.Verdict.WAIT),
                        "never ends"),
                Arguments.of(
                        "stage ignores exceptions",
                        good.with(sum -> Stages.ofDeletion(new Stages.Deletion(
                                sum.open(), sum.working(), sum.good(), false, sum.failed(), sum.packaged()))),
                        "completed with"),
                Arguments.of(
                        "stage ignores what went well",
                        good.with(sum -> Stages.ofDeletion(new Stages.Deletion(
                                sum.open(), sum.working(), false, sum.exception(), sum.failed(), sum.packaged()))),
                        "failed, but something went well"),
                Arguments.of(
                        "permit ignores the end",
                        good.permitting(permit -> new Destructions.Permit(
                                        false,
                                        permit.onHold(),
                                        permit.phase(),
                                        permit.approvedHash(),
                                        permit.planHash())
                                .allows()),
                        "after the end"),
                Arguments.of(
                        "permit ignores the hold",
                        good.permitting(permit -> new Destructions.Permit(
                                        permit.ended(), false, permit.phase(), permit.approvedHash(), permit.planHash())
                                .allows()),
                        "during a hold"),
                Arguments.of(
                        "permit ignores the phase",
                        good.permitting(permit -> new Destructions.Permit(
                                        permit.ended(),
                                        permit.onHold(),
                                        Phase.DELETING,
                                        permit.approvedHash(),
                                        permit.planHash())
                                .allows()),
                        "begun in phase"),
                Arguments.of(
                        "permit ignores the plan",
                        good.permitting(permit -> new Destructions.Permit(
                                        permit.ended(),
                                        permit.onHold(),
                                        permit.phase(),
                                        permit.approvedHash(),
                                        permit.approvedHash())
                                .allows()),
                        "without an approval of the current plan"));
    }

    private static DeleteOrder.Verdict childless(
            DeleteOrder.Group group,
            List<DeleteOrder.Group> all,
            Map<UUID, @Nullable UUID> parents,
            Function<String, Set<String>> before) {
        return DeleteOrder.on(group, all, Map.of(), before);
    }

    private static DeleteOrder.Verdict heedless(
            DeleteOrder.Group group,
            List<DeleteOrder.Group> all,
            Map<UUID, @Nullable UUID> parents,
            Function<String, Set<String>> before) {
        DeleteOrder.Verdict verdict = DeleteOrder.on(group, all, parents, before);
        return verdict == DeleteOrder.Verdict.KEEP ? DeleteOrder.Verdict.SEND : verdict;
    }

    private static DeleteOrder.Verdict typeless(
            DeleteOrder.Group group,
            List<DeleteOrder.Group> all,
            Map<UUID, @Nullable UUID> parents,
            Function<String, Set<String>> before) {
        return DeleteOrder.on(group, all, parents, type -> Set.of());
    }

    private static Stream<String> violations(DeleteModel.Rules rules) {
        return LongStream.range(0, HISTORIES).boxed().flatMap(seed -> TaskHistory.violations(rules, seed).stream());
    }
}
