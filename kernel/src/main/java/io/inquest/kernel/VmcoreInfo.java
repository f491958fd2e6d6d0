package io.inquest.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// What the kernel says of itself in the vmcoreinfo note, parsed once.
///
/// The text is lines of `KEY=VALUE` (kernel: `kernel/vmcore_info.c`, before 6.9 `kernel/crash_core.c`):
///
/// | Key            | Value                                              |
/// |----------------|----------------------------------------------------|
/// | `SYMBOL(name)` | address, hexadecimal without prefix                |
/// | `SIZE(type)`, `OFFSET(type.member)`, `LENGTH(array)` | decimal      |
/// | `NUMBER(name)` | decimal, signed; or hexadecimal with `0x` or, on some architectures, without |
/// | `CONFIG_x`     | `y`                                                |
/// | others         | text: `OSRELEASE`, `PAGESIZE`, `BUILD-ID`, `CRASHTIME`, `KERNELOFFSET` |
///
/// The first line of a key wins, as in makedumpfile. A malformed line is skipped and kept in [#malformedLines].
public final class VmcoreInfo {

    private static final String KERNEL_OFFSET = "KERNELOFFSET";

    private final Map<String, String> values;
    private final List<String> malformed;
    private final String text;

    private VmcoreInfo(Map<String, String> values, List<String> malformed, String text) {
        this.values = values;
        this.malformed = malformed;
        this.text = text;
    }

    public static VmcoreInfo parse(String text) {
        Map<String, String> values = new HashMap<>();
        List<String> malformed = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String line = trimmed(text, start, end);
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
            } else if (!line.isEmpty()) {
                malformed.add(line);
            }
            start = end + 1;
        }
        return new VmcoreInfo(values, List.copyOf(malformed), text);
    }

    /// This one, with what only `note` knows: for a vmcoreinfo file that was made from a vmlinux (makedumpfile
    /// -g) or saved from a running kernel, together with the note of the dump.
    ///
    /// A symbol for which `moved` holds is shifted to where KASLR put it in the dumped kernel, if the note says so.
    public VmcoreInfo completedBy(VmcoreInfo note, LongPredicate moved) {
        long shift = note.string(KERNEL_OFFSET).isPresent() ? note.kernelOffset() - kernelOffset() : 0;
        Map<String, String> all = new HashMap<>(note.values);
        for (Map.Entry<String, String> given : values.entrySet()) {
            all.put(given.getKey(), shift == 0 ? given.getValue() : shifted(given, shift, moved));
        }
        note.string(KERNEL_OFFSET).ifPresent(offset -> all.put(KERNEL_OFFSET, offset));
        return new VmcoreInfo(all, malformed, text);
    }

    private static String shifted(Map.Entry<String, String> given, long shift, LongPredicate moved) {
        OptionalLong address =
                given.getKey().startsWith("SYMBOL(") ? hexadecimal(given.getValue()) : OptionalLong.empty();
        return address.isPresent() && moved.test(address.getAsLong())
                ? Long.toHexString(address.getAsLong() + shift)
                : given.getValue();
    }

    private static String trimmed(String text, int start, int end) {
        int to = end;
        while (to > start && (text.charAt(to - 1) == 0 || text.charAt(to - 1) == '\r')) {
            to--;
        }
        return text.substring(start, to);
    }

    /// The text as it stands in the dump.
    public String text() {
        return text;
    }

    public List<String> malformedLines() {
        return malformed;
    }

    /// The raw value of a whole key such as `OSRELEASE` or `NUMBER(PG_lru)`.
    public Optional<String> string(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /// Address of a symbol, as the running kernel had it: the KASLR offset is in it.
    public OptionalLong symbol(String name) {
        return hexadecimal(values.get("SYMBOL(" + name + ")"));
    }

    /// The addresses of all symbols that it tells, by their names.
    public Map<String, Long> symbols() {
        Map<String, Long> symbols = new TreeMap<>();
        for (String key : values.keySet()) {
            if (key.startsWith("SYMBOL(") && key.endsWith(")")) {
                String name = key.substring("SYMBOL(".length(), key.length() - 1);
                symbol(name).ifPresent(address -> symbols.put(name, address));
            }
        }
        return symbols;
    }

    /// Size of a type in bytes.
    public OptionalLong size(String type) {
        return decimal(values.get("SIZE(" + type + ")"));
    }

    /// Offset in bytes of a member, written `type.member`.
    public OptionalLong offset(String member) {
        return decimal(values.get("OFFSET(" + member + ")"));
    }

    /// Number of elements of an array, written `array` or `type.member`.
    public OptionalLong length(String array) {
        return decimal(values.get("LENGTH(" + array + ")"));
    }

    /// A constant or variable of the kernel.
    public OptionalLong number(String name) {
        return decimal(values.get("NUMBER(" + name + ")"));
    }

    /// Whether a `CONFIG_…=y` line is there.
    public boolean config(String name) {
        return "y".equals(values.get(name));
    }

    /// `OSRELEASE`, such as `6.12.107+deb13-cloud-amd64`.
    public Optional<String> osRelease() {
        return string("OSRELEASE");
    }

    /// `PAGESIZE` in bytes.
    public OptionalLong pageSize() {
        return decimal(values.get("PAGESIZE"));
    }

    /// `KERNELOFFSET`: by how much KASLR moved the kernel image, 0 when not given.
    public long kernelOffset() {
        return hexadecimal(values.get(KERNEL_OFFSET)).orElse(0);
    }

    /// `CRASHTIME`: seconds since 1970.
    public OptionalLong crashTime() {
        return decimal(values.get("CRASHTIME"));
    }

    private static OptionalLong hexadecimal(@Nullable String value) {
        return value == null ? OptionalLong.empty() : unsigned(value.startsWith("0x") ? value.substring(2) : value, 16);
    }

    /// Decimal first, hexadecimal when that leaves a tail: x86 prints `0x…`, arm64 some numbers without a prefix.
    private static OptionalLong decimal(@Nullable String value) {
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value.startsWith("0x")) {
            return unsigned(value.substring(2), 16);
        }
        if (value.startsWith("-")) {
            OptionalLong magnitude = unsigned(value.substring(1), 10);
            return magnitude.isPresent() ? OptionalLong.of(-magnitude.getAsLong()) : magnitude;
        }
        OptionalLong number = unsigned(value, 10);
        return number.isPresent() ? number : unsigned(value, 16);
    }

    private static OptionalLong unsigned(String digits, int radix) {
        try {
            return OptionalLong.of(Long.parseUnsignedLong(digits, radix));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }
}
