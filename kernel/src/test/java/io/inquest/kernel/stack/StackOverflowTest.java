package io.inquest.kernel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.arch.RegisterNames;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StackOverflowTest {

    private static final long LOW = 0xffff_c900_0001_0000L;
    private static final StackArea STACK = new StackArea(StackArea.Kind.TASK, "TASK", LOW, LOW + 0x4000);
    private static final RegisterNames NAMES = new RegisterNames(List.of("pc", "sp", "fp"), 0, 1, 2);

    private static Optional<String> told(long stackPointer, boolean interrupted) {
        FrameState state = new FrameState(Registers.caller(NAMES, 0xffff_ffff_8100_0000L, stackPointer), interrupted);
        Frame frame =
                new Frame(state, stackPointer, Optional.empty(), Optional.empty(), false, FoundBy.ORC, Trust.CERTAIN);
        return StackOverflow.in(new StackTrace(List.of(frame), new StackEnd.Beginning(), List.of()), STACK);
    }

    @Test
    void stackPointerInTheGuardPageIsAnOverflow() {
        assertThat(told(LOW - 24, true).orElseThrow()).contains("24 bytes below the lowest address");
    }

    @Test
    void stackPointerAtTheLastWordIsAnOverflow() {
        assertThat(told(LOW + 8, true).orElseThrow()).contains("8 bytes above the lowest address");
    }

    @Test
    void stackWithRoomLeftIsNone() {
        assertThat(told(LOW + 0x200, true)).isEmpty();
    }

    @Test
    void otherStacksAreNone() {
        assertThat(told(LOW - 0x10_0000, true)).isEmpty();
        assertThat(told(LOW + 0x8000, true)).isEmpty();
    }

    @Test
    void callersAreNotWhereItRanOver() {
        assertThat(told(LOW + 8, false)).isEmpty();
    }
}
