package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.log.LogLine;
import io.inquest.crash.report.log.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The hardware reported an error that nobody could correct.
///
/// | Bits of a bank's status | Are                                          |
/// |-------------------------|----------------------------------------------|
/// | 63                      | valid                                        |
/// | 62                      | an earlier error was overwritten             |
/// | 61                      | uncorrected                                  |
/// | 57                      | the processor's context is corrupt           |
/// | 0–15                    | the kind of error (`mcaErrorCode`)           |
///
/// Source: Intel SDM volume 3, chapter "Machine-check architecture".
public final class MachineCheck implements DeathAnalyzer {

    private static final String BANK = "Bank ";
    private static final List<String> CLASSES = List.of("memory", "cache", "bus", "TLB", "timer");
    private static final int UNCORRECTED = 61;
    private static final int CONTEXT_CORRUPT = 57;
    private static final int ERROR_CODE = 0xffff;

    @Override
    public Set<DeathKind> kinds() {
        return Set.of(DeathKind.MCE, DeathKind.EDAC_UE, DeathKind.AER_FATAL);
    }

    @Override
    public Finding find(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        String kinds = "";
        for (LogLine line : evidence.event().lines()) {
            int at = line.text().indexOf(BANK);
            if (at >= 0 && kinds.isEmpty()) {
                kinds = decode(line.text().substring(at + BANK.length()), facts);
            }
        }
        facts.add(new Fact("the kernel says", evidence.event().head().text()));
        facts.add(new Fact("verdict", "hardware: look at the machine's own event log before the software"));
        String cpu = evidence.event().held("cpu");
        String what = switch (evidence.event().kind()) {
            case EDAC_UE -> "The memory controller reported an uncorrected error";
            case AER_FATAL -> "A PCI Express device reported a fatal error";
            default ->
                "Machine check" + (cpu.isEmpty() ? "" : " on CPU " + cpu) + (kinds.isEmpty() ? "" : ": " + kinds);
        };
        return new Finding(what, facts);
    }

    /// `3: b40000000000083b at …`; tells the kind of the error.
    private static String decode(String text, List<Fact> facts) {
        int colon = text.indexOf(": ");
        String digits = colon < 0 ? "" : text.substring(colon + 2).strip().split(" ", -1)[0];
        long status;
        try {
            status = Long.parseUnsignedLong(digits, 16);
        } catch (NumberFormatException e) {
            return "";
        }
        String kind = errorKind((int) (status & ERROR_CODE));
        boolean uncorrected = (status >>> UNCORRECTED & 1) != 0;
        facts.add(new Fact("bank", text.substring(0, colon)));
        facts.add(new Fact(
                "status",
                "0x" + digits + ": " + kind + (uncorrected ? ", uncorrected" : ", corrected")
                        + ((status >>> CONTEXT_CORRUPT & 1) != 0 ? ", processor context corrupt" : "")));
        return kind;
    }

    /// The class of the error in the first bank that the event tells of, one word; empty if it tells none.
    public static Optional<String> errorClass(LoggedEvent event) {
        for (LogLine line : event.lines()) {
            int at = line.text().indexOf(BANK);
            if (at >= 0) {
                String kind = decode(line.text().substring(at + BANK.length()), new ArrayList<>());
                return CLASSES.stream().filter(kind::contains).findFirst();
            }
        }
        return Optional.empty();
    }

    private static String errorKind(int code) {
        if ((code & 0xfc00) == 0x0400) {
            return "internal timer or unclassified internal error";
        }
        if ((code & 0xf800) == 0x0800) {
            return "bus or interconnect error";
        }
        if ((code & 0xff00) == 0x0100) {
            return "cache hierarchy error";
        }
        if ((code & 0xff80) == 0x0080) {
            return "memory controller error";
        }
        if ((code & 0xfff0) == 0x0010) {
            return "TLB error";
        }
        return code == 0 ? "no error code" : "error code 0x" + Integer.toHexString(code);
    }
}
