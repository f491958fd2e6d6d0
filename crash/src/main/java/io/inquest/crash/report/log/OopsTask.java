package io.inquest.crash.report.log;

import java.util.Optional;
import java.util.OptionalInt;

/// Who was running, as the header of an oops says.
///
/// | Line                                                                 | Kernels       |
/// |----------------------------------------------------------------------|---------------|
/// | `CPU: 1 UID: 0 PID: 946 Comm: X Kdump: loaded Tainted: G W 6.12 #1`  | from 6.12     |
/// | `CPU: 1 PID: 946 Comm: X Not tainted 3.15.10 #1`                     | from 3.10     |
/// | `Pid: 8003, comm: Xorg Not tainted (2.6.27 #1)`                      | until 3.9     |
/// | `      Tainted: G W 6.12 #1`, below a hung task's line               | all           |
///
/// @param cpu the processor
/// @param pid thread number
/// @param comm the thread's name
/// @param taint letters, blanks left out; empty if not tainted
/// @param release the kernel's
public record OopsTask(OptionalInt cpu, OptionalInt pid, String comm, String taint, String release) {

    /// What is before the taint of a hung task's kernel: `check_hung_task` indents it.
    private static final String HUNG = " ".repeat(6);

    static final OopsTask UNKNOWN = new OopsTask(OptionalInt.empty(), OptionalInt.empty(), "", "", "");

    /// What a line of such a form says.
    static Optional<OopsTask> parse(String line) {
        if (line.startsWith(HUNG + "Tainted: ") || line.startsWith(HUNG + "Not tainted ")) {
            return Optional.of(rest(OptionalInt.empty(), OptionalInt.empty(), line.substring(HUNG.length() - 1)));
        }
        Cursor cursor = new Cursor(line);
        OptionalInt cpu = OptionalInt.empty();
        if (cursor.skip("CPU: ")) {
            cursor.skipBlanks();
            cpu = number(cursor.digits());
            cursor.skipBlanks();
            if (cursor.skip("UID: ")) {
                cursor.digits();
                cursor.skipBlanks();
            }
            if (!cursor.skip("PID: ")) {
                return Optional.empty();
            }
        } else if (!cursor.skip("Pid: ")) {
            return Optional.empty();
        }
        OptionalInt pid = number(cursor.digits());
        cursor.skip(',');
        cursor.skipBlanks();
        if (!cursor.skip("Comm: ") && !cursor.skip("comm: ")) {
            return Optional.empty();
        }
        return Optional.of(rest(cpu, pid, cursor.rest()));
    }

    /// The same, with what only the other knows.
    OopsTask or(OopsTask other) {
        return new OopsTask(
                cpu.isPresent() ? cpu : other.cpu,
                pid.isPresent() ? pid : other.pid,
                comm.isEmpty() ? other.comm : comm,
                taint.isEmpty() ? other.taint : taint,
                release.isEmpty() ? other.release : release);
    }

    private static OopsTask rest(OptionalInt cpu, OptionalInt pid, String text) {
        int clean = text.indexOf(" Not tainted");
        int tainted = text.indexOf(" Tainted: ");
        int state = clean >= 0 ? clean : tainted;
        String comm = state >= 0 ? text.substring(0, state) : text;
        int kdump = comm.indexOf(" Kdump:");
        if (kdump >= 0) {
            comm = comm.substring(0, kdump);
        }
        if (state < 0) {
            return new OopsTask(cpu, pid, comm, "", "");
        }
        Cursor cursor = new Cursor(text);
        cursor.moveTo(state + (clean >= 0 ? " Not tainted".length() : " Tainted: ".length()));
        String taint = clean >= 0 ? "" : taint(cursor);
        cursor.skipBlanks();
        cursor.skip('(');
        return new OopsTask(cpu, pid, comm, taint, cursor.word());
    }

    /// Single letters and blanks, with dashes on old kernels, up to the release.
    private static String taint(Cursor cursor) {
        StringBuilder letters = new StringBuilder();
        while (true) {
            int from = cursor.at();
            cursor.skipBlanks();
            String word = cursor.word();
            if (word.isEmpty() || !isTaint(word)) {
                cursor.moveTo(from);
                return letters.toString();
            }
            for (int i = 0; i < word.length(); i++) {
                if (word.charAt(i) != '-') {
                    letters.append(word.charAt(i));
                }
            }
        }
    }

    private static boolean isTaint(String word) {
        return word.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '-');
    }

    private static OptionalInt number(String digits) {
        return digits.isEmpty() || digits.length() > 9 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }
}
