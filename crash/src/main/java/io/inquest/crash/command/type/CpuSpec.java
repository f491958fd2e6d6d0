package io.inquest.crash.command.type;

import io.inquest.crash.command.CpuList;
import io.inquest.crash.command.Invocation;
import java.io.IOException;
import java.util.List;

/// Which CPUs a word such as `runqueues:1-3,5` asks for.
///
/// | Behind the colon | Meaning                     |
/// |------------------|-----------------------------|
/// | nothing          | the CPU of the current task |
/// | `a`, `all`       | all                         |
/// | `0,2-3`          | those                       |
///
/// @param word what stands before the colon
/// @param list what stands behind it
/// @param isGiven whether there is a colon
public record CpuSpec(String word, String list, boolean isGiven) {

    /// Parts a word at its last colon.
    public static CpuSpec parse(String word) {
        int colon = word.lastIndexOf(':');
        return colon < 0
                ? new CpuSpec(word, "", false)
                : new CpuSpec(word.substring(0, colon), word.substring(colon + 1), true);
    }

    /// The numbers of the CPUs asked for.
    public List<Integer> cpus(Invocation invocation) throws IOException {
        return list.isEmpty()
                ? List.of(invocation.session().current().cpu().orElse(0))
                : CpuList.parse(list, invocation.kernel());
    }
}
