package io.dsrbroker.audit;

import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.shared.CanonicalJson;
import io.dsrbroker.shared.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks that what a receipt claims is whole and does not contradict itself; its signature has been checked before. */
final class ReceiptCheck {

    private final Claims claims;
    private final List<String> problems = new ArrayList<>();

    private ReceiptCheck(Claims claims) {
        this.claims = claims;
    }

    /** What is wrong; empty where nothing is. */
    static List<String> problems(Map<String, Object> claims) {
        ReceiptCheck check = new ReceiptCheck(new Claims(claims));
        try {
            check.all();
        } catch (InvalidJws e) {
            check.problems.add(e.why());
        }
        return List.copyOf(check.problems);
    }

    private void all() {
        for (String name : List.of("iss", "jti", "sub", "regulation", "catalogueHash")) {
            claims.text(name);
        }
        claims.number("iat");
        claims.time("receivedAt");
        claims.time("dueAt");
        claims.time("finishedAt");
        claims.hash("outcomesHash");
        claims.object("auditHead").hash("hash");
        if (claims.object("auditHead").number("seq") == 0) {
            problems.add("malformed claim: auditHead names no entry");
        }
        claims.objects("outOfScope").forEach(thing -> thing.text("what"));
        Stage stage = claims.choice("stage", Stage.class);
        if (!stage.ended()) {
            problems.add("stage " + stage + " is no end");
        }
        Map<TaskState, Long> states = counts();
        exceptions(states, stage);
        consent(states);
        verification(states);
    }

    /** What the tasks came to, those of discovery too. */
    private Map<TaskState, Long> counts() {
        Claims counts = claims.object("counts");
        Map<TaskState, Long> byState = byState(counts.object("byState"));
        Map<TaskState, Long> byTypes = new TreeMap<>();
        Claims types = counts.object("byType");
        types.members()
                .keySet()
                .forEach(type -> byState(types.object(String.valueOf(type)))
                        .forEach((state, tasks) -> byTypes.merge(state, tasks, Long::sum)));
        if (counts.number("total")
                != byState.values().stream().mapToLong(Long::longValue).sum()) {
            problems.add("counts do not add up: total is not the sum of byState");
        }
        if (!byTypes.equals(byState)) {
            problems.add("counts do not add up: byType is not byState");
        }
        Map<TaskState, Long> all = new TreeMap<>(byState);
        byState(counts.object("discovery")).forEach((state, tasks) -> all.merge(state, tasks, Long::sum));
        if (all.keySet().stream().anyMatch(state -> !state.terminal())) {
            problems.add("counts name tasks that have not ended");
        }
        return all;
    }

    private static Map<TaskState, Long> byState(Claims states) {
        return states.members().keySet().stream()
                .map(String::valueOf)
                .collect(Collectors.toMap(
                        name -> {
                            try {
                                return TaskState.valueOf(name);
                            } catch (IllegalArgumentException e) {
                                throw new InvalidJws("malformed claim: counts name a state that does not exist");
                            }
                        },
                        states::number,
                        Long::sum,
                        TreeMap::new));
    }

    private void exceptions(Map<TaskState, Long> states, Stage stage) {
        long count = claims.number("exceptionCount");
        String hash = claims.hash("exceptionsHash");
        List<Claims> named = claims.objects("exceptions");
        long counted = states.entrySet().stream()
                .filter(state -> state.getKey().exception())
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (count != counted) {
            problems.add("exceptionCount is " + count + ", but counts have " + counted + " exceptions");
        }
        if (named.size() != Math.min(count, ReceiptClaims.NAMED)) {
            problems.add("exceptionCount is " + count + ", but " + named.size() + " exceptions are named");
        }
        StringBuilder lines = new StringBuilder();
        Map<TaskState, Long> ofNamed = new TreeMap<>();
        for (Claims exception : named) {
            for (String name : List.of("taskId", "target", "type")) {
                exception.text(name);
            }
            if (!exception.isNull("reason")) {
                exception.text("reason");
            }
            ofNamed.merge(exception.choice("state", TaskState.class), 1L, Long::sum);
            lines.append(CanonicalJson.of(exception.members())).append('\n');
        }
        if (named.size() == count && !Digests.hex(lines.toString()).equals(hash)) {
            problems.add("exceptionsHash is not over the exceptions");
        }
        if (ofNamed.entrySet().stream()
                .anyMatch(state ->
                        !state.getKey().exception() || state.getValue() > states.getOrDefault(state.getKey(), 0L))) {
            problems.add("the exceptions named are not those that counts have");
        }
        if (stage == Stage.COMPLETED && count > 0) {
            problems.add("COMPLETED, but with exceptions");
        }
        if (stage == Stage.COMPLETED_WITH_EXCEPTIONS && count == 0) {
            problems.add("COMPLETED_WITH_EXCEPTIONS, but without any");
        }
    }

    /** Nothing is deleted without an approval, and the one that holds is of this plan. */
    private void consent(Map<TaskState, Long> states) {
        RequestType type = claims.choice("type", RequestType.class);
        String planHash = claims.isNull("planHash") ? "" : claims.hash("planHash");
        List<Claims> approvals = claims.objects("approvals");
        for (Claims approval : approvals) {
            approval.object("by").text("sub");
            approval.time("at");
            approval.number("excluded");
            if (!approval.flag("void") && !approval.hash("planHash").equals(planHash)) {
                problems.add("an approval that holds is of another plan than planHash");
            }
        }
        if (type == RequestType.EXPORT && !(planHash.isEmpty() && approvals.isEmpty())) {
            problems.add("an EXPORT has neither plan nor approvals");
        }
        if (states.getOrDefault(TaskState.DELETED, 0L) > 0 && approvals.isEmpty()) {
            problems.add("resources were DELETED without an approval");
        }
    }

    private void verification(Map<TaskState, Long> states) {
        long deleted = states.getOrDefault(TaskState.DELETED, 0L);
        if (claims.isNull("verification")) {
            if (deleted > 0) {
                problems.add("missing claim: verification, although resources were DELETED");
            }
            return;
        }
        Claims proofs = claims.object("verification");
        if (proofs.time("first").isAfter(proofs.time("last"))) {
            problems.add("verification ends before it begins");
        }
        if (proofs.number("resources") < deleted) {
            problems.add("verification has fewer proofs of absence than resources were DELETED");
        }
    }
}
