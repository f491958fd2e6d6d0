package io.inquest.crash.command;

import io.inquest.crash.UsageException;
import io.inquest.crash.session.Expression;
import io.inquest.kernel.Kernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// A list of CPUs: `1,3,5-7`, or `a` or `all` for those that are online.
public final class CpuList {

    /// No kernel is built for more (`CONFIG_NR_CPUS`).
    private static final int MOST_CPUS = 8192;

    private CpuList() {}

    /// The numbers, in the order of the list; each must be a CPU of the machine.
    public static List<Integer> parse(String list, Kernel kernel) throws IOException {
        List<Integer> cpus = new ArrayList<>();
        if (list.equals("a") || list.equals("all")) {
            kernel.cpus().online().forEach(cpu -> cpus.add(cpu.number()));
            return cpus;
        }
        int start = 0;
        while (start <= list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            addRange(list.substring(start, end), cpus, list);
            start = end + 1;
        }
        for (int cpu : cpus) {
            if (kernel.cpus().find(cpu).isEmpty()) {
                throw new UsageException("invalid cpu number: " + cpu);
            }
        }
        return cpus;
    }

    private static void addRange(String range, List<Integer> cpus, String list) {
        int dash = range.indexOf('-');
        int first = number(dash < 0 ? range : range.substring(0, dash), list);
        int last = dash < 0 ? first : number(range.substring(dash + 1), list);
        for (int cpu = first; cpu <= last; cpu++) {
            cpus.add(cpu);
        }
    }

    private static int number(String word, String list) {
        OptionalLong number = Expression.number(word, 10);
        if (number.isEmpty() || Long.compareUnsigned(number.getAsLong(), MOST_CPUS) >= 0) {
            throw new UsageException("invalid list of cpus: " + list + "; expected numbers such as 0,2-3");
        }
        return (int) number.getAsLong();
    }
}
