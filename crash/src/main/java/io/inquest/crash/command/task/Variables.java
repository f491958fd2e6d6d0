package io.inquest.crash.command.task;

import io.inquest.crash.UsageException;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Settings;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;

/// The variables of a session, as `set` shows and changes them.
///
/// @param value as it is shown
record Variables(String name, String value) {

    private static final List<String> NAMES = List.of("radix", "scroll", "silent");

    static boolean isVariable(String word) {
        return NAMES.contains(word);
    }

    static Result list(Session session) {
        Settings settings = session.settings();
        return Result.rows(
                "variables",
                RowSource.of(List.of(
                        new Variables("scroll", onOff(settings.isScroll())),
                        new Variables("radix", radix(settings)),
                        new Variables("silent", onOff(settings.isSilent())),
                        new Variables("namelist", session.sources().vmlinux().orElse("(none)")),
                        new Variables(
                                "dumpfile", String.join(" ", session.sources().dump())))),
                new VariableLayout());
    }

    /// Changes one if it is given a value, and says what it is now.
    static Result set(Settings settings, List<String> words) {
        String name = words.getFirst();
        String value = words.size() > 1 ? words.get(1) : "";
        return switch (name) {
            case "radix" -> {
                if (!value.isEmpty()) {
                    settings.setHexadecimal(isHexadecimal(value));
                }
                yield Result.text("output radix: " + radix(settings) + "\n");
            }
            case "scroll" -> {
                if (!value.isEmpty()) {
                    settings.setScroll(isOn(name, value));
                }
                yield Result.text("scroll: " + onOff(settings.isScroll()) + "\n");
            }
            default -> {
                if (!value.isEmpty()) {
                    settings.setSilent(isOn(name, value));
                }
                yield Result.text("silent: " + onOff(settings.isSilent()) + "\n");
            }
        };
    }

    private static boolean isHexadecimal(String value) {
        return switch (value) {
            case "16", "hex", "0x10" -> true;
            case "10", "dec" -> false;
            default -> throw new UsageException("radix is 10 or 16, not " + value);
        };
    }

    private static boolean isOn(String name, String value) {
        return switch (value) {
            case "on", "1" -> true;
            case "off", "0" -> false;
            default -> throw new UsageException(name + " is on or off, not " + value);
        };
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String radix(Settings settings) {
        return settings.isHexadecimal() ? "16 (hex)" : "10 (decimal)";
    }

    private static final class VariableLayout implements Layout<Variables> {

        @Override
        public void text(Variables row, TextWriter out) throws IOException {
            out.right(row.name(), 14).text(": ").line(row.value());
        }

        @Override
        public void members(Variables row, JsonWriter json) throws IOException {
            json.name("name").value(row.name()).name("value").value(row.value());
        }
    }
}
