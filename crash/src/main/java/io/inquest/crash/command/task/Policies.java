package io.inquest.crash.command.task;

import io.inquest.crash.UsageException;
import io.inquest.crash.session.Expression;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// The scheduling policies by name (kernel: `include/uapi/linux/sched.h`).
final class Policies {

    /// Number 4 was reserved for SCHED_ISO, which never came.
    private static final List<String> NAMES =
            List.of("NORMAL", "FIFO", "RR", "BATCH", "ISO", "IDLE", "DEADLINE", "EXT");

    private Policies() {}

    /// A list of names and numbers with commas between them.
    static Set<Long> parse(String list) {
        Set<Long> policies = new HashSet<>();
        int start = 0;
        while (start <= list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            policies.add(one(list.substring(start, end)));
            start = end + 1;
        }
        return policies;
    }

    private static long one(String word) {
        int named = NAMES.indexOf(word.toUpperCase(java.util.Locale.ROOT));
        OptionalLong number = named >= 0 ? OptionalLong.of(named) : Expression.number(word, 10);
        return number.orElseThrow(() -> new UsageException(
                "no scheduling policy " + word + "; there are " + String.join(", ", NAMES) + " and numbers"));
    }
}
