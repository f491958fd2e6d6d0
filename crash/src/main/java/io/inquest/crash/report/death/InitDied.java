package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Process 1 ended; the kernel does not go on without it.
///
/// | Bits of the exit code | Are                                  |
/// |-----------------------|--------------------------------------|
/// | 0–6                   | the signal that killed it, 0 if none |
/// | 7                     | core dumped                          |
/// | 8–15                  | its exit status                      |
final class InitDied implements DeathAnalyzer {

    private static final int CORE = 1 << 7;

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.KILL_INIT);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        String comm = evidence.victim().comm();
        String name = comm.isEmpty() ? "Process 1" : "Process 1 (" + comm + ")";
        String code = evidence.event().held("exitcode");
        if (code.isEmpty()) {
            return new Finding(name + " died", facts);
        }
        int bits = (int) Long.parseUnsignedLong(code.startsWith("0x") ? code.substring(2) : code, 16);
        facts.add(new Fact("exit code", code));
        int signal = bits & 0x7f;
        String how = signal == 0
                ? " ended with status " + (bits >>> 8 & 0xff)
                : " was killed by signal " + signal + signalName(signal) + ((bits & CORE) != 0 ? ", core dumped" : "");
        return new Finding(name + how, facts);
    }

    private static String signalName(int signal) {
        return switch (signal) {
            case 4 -> ", SIGILL";
            case 6 -> ", SIGABRT";
            case 7 -> ", SIGBUS";
            case 8 -> ", SIGFPE";
            case 9 -> ", SIGKILL";
            case 11 -> ", SIGSEGV";
            case 15 -> ", SIGTERM";
            default -> "";
        };
    }
}
