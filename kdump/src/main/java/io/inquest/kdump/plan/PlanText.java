package io.inquest.kdump.plan;

import java.util.ArrayList;
import java.util.List;

/// The language of `/etc/inquest/plan`, which process 1 reads (`capture/src/main/native/plan.h`): one thing a line, its
/// words
/// separated by blanks.
///
/// | line                                        | is                                       |
/// |---------------------------------------------|------------------------------------------|
/// | `module PATH [PARAMETERS]`                  | [Plan.KernelModule]                            |
/// | `runtime PATH TYPE`                         | [Plan.RuntimeImage]                           |
/// | `java SECONDS WORD…`                        | [Plan.Java]                              |
/// | `watchdog DEVICE SECONDS`                   | [Plan.Watchdog]                          |
/// | `deadline SECONDS`                          | [Plan#deadlineSeconds]                   |
/// | `target N file TYPE DEVICE OPTIONS PATH`    | [PlanTarget.Folder]                      |
/// | `target N raw DEVICE`                       | [PlanTarget.RawDevice]                   |
/// | `final reboot`, `failure reboot`            | [Ending]                                 |
/// | `console DEVICE…`                           | [Plan#consoles]                          |
///
/// In a word, blanks, control characters and `%` are written `%XX`, two hexadecimal digits; an empty word is a `%`.
public final class PlanText {

    private static final String DIGITS = "0123456789ABCDEF";

    private static final char DELETE = 0x7f;

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    public static String of(Plan plan) {
        PlanText writer = new PlanText();
        writer.write(plan);
        return writer.text.toString();
    }

    private void write(Plan plan) {
        for (Plan.KernelModule module : plan.modules()) {
            if (module.parameters().isEmpty()) {
                line("module", module.path());
            } else {
                line("module", module.path(), module.parameters());
            }
        }
        plan.runtime().ifPresent(runtime -> line("runtime", runtime.path(), runtime.type()));
        plan.java().ifPresent(this::java);
        plan.watchdog().ifPresent(watchdog -> line("watchdog", watchdog.device(), number(watchdog.seconds())));
        if (plan.deadlineSeconds() > 0) {
            line("deadline", number(plan.deadlineSeconds()));
        }
        plan.targets().forEach(this::target);
        line("final", plan.success().word());
        line("failure", plan.failure().word());
        if (!plan.consoles().isEmpty()) {
            line("console", plan.consoles().toArray(String[]::new));
        }
    }

    private void java(Plan.Java java) {
        List<String> words = new ArrayList<>(java.words());
        words.addFirst(number(java.silenceSeconds()));
        line("java", words.toArray(String[]::new));
    }

    private void target(PlanTarget target) {
        switch (target) {
            case PlanTarget.Folder(var number, var type, var device, var options, var path) ->
                line("target", number(number), "file", type, device, options, path);
            case PlanTarget.RawDevice(var number, var device) -> line("target", number(number), "raw", device);
        }
    }

    private static String number(int value) {
        return Integer.toString(value);
    }

    private void line(String first, String... words) {
        text.append(first);
        for (String word : words) {
            text.append(' ').append(escaped(word));
        }
        text.append('\n');
    }

    static String escaped(String word) {
        if (word.isEmpty()) {
            return "%";
        }
        StringBuilder escaped = new StringBuilder(word.length());
        for (int at = 0; at < word.length(); at++) {
            char c = word.charAt(at);
            if (c <= ' ' || c == '%' || c == DELETE) {
                escaped.append('%').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 0xf));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
