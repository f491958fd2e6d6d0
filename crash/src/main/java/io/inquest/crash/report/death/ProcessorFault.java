package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// An instruction that the processor refused to carry out.
final class ProcessorFault implements DeathAnalyzer {

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(
                DeathKind.DIVIDE,
                DeathKind.STACK_SEGMENT,
                DeathKind.ALIGNMENT,
                DeathKind.UNHANDLED,
                DeathKind.INT3,
                DeathKind.INVALID_OPCODE,
                DeathKind.ARM64_ABORT);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        String what = switch (evidence.event().kind()) {
            case DIVIDE -> "Division by zero, or a quotient too large";
            case STACK_SEGMENT -> "Stack segment fault: a stack pointer that is no address";
            case ALIGNMENT -> "Access to a wrongly aligned address";
            case INT3 -> "A breakpoint instruction that nobody had set";
            case INVALID_OPCODE -> "Invalid instruction";
            case ARM64_ABORT -> {
                facts.add(new Fact("likely", "a device or bus did not answer at that address"));
                yield "External abort";
            }
            default -> "Unhandled fault";
        };
        facts.add(new Fact("the kernel says", evidence.event().head().text()));
        return new Finding(what + evidence.where(), facts);
    }
}
