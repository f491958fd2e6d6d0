package io.inquest.kernel.type;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The types of global variables that the kernel's BTF does not tell: it has those of per-CPU variables only.
///
/// They come with this program, as C type names in the table `globals.tsv` beside this class. A line may be wrong
/// for a kernel, old or new, so a type is answered only if this kernel has it (with the member that the line asks
/// for) and if the variable has room for it before the next symbol; else the next line for the same symbol is
/// tried.
public final class GlobalTypes implements TypeSource {

    private static final String TABLE = "globals.tsv";

    /// What the dead kernel itself tells of its variables.
    public interface Evidence {

        /// How many bytes a variable can have at most, if that is known.
        OptionalLong room(String symbol);

        /// The word that a variable begins with, if it can be read.
        OptionalLong word(String symbol);
    }

    private static final String PER_CPU = " __percpu";

    /// One line of the table: a type name, and the struct or `struct.member` that the kernel must have for it.
    private record Candidate(String type, String condition) {}

    private final Types types;
    private final Evidence evidence;
    private @Nullable Map<String, List<Candidate>> table;

    /// `types` are those of the kernel that describes itself.
    public GlobalTypes(Types types, Evidence evidence) {
        this.types = types;
        this.evidence = evidence;
    }

    @Override
    public String describe() {
        return "table of " + table().size() + " global variables";
    }

    /// The symbols that the table has a line for.
    public List<String> symbols() {
        return table().keySet().stream().sorted().toList();
    }

    @Override
    public Optional<KernelType> variable(String name) {
        return table().getOrDefault(name, List.of()).stream()
                .filter(candidate -> holds(candidate.condition))
                .map(candidate -> fitting(name, candidate.type))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<KernelType> fitting(String symbol, String text) {
        boolean perCpu = text.contains(PER_CPU);
        OptionalLong room = evidence.room(symbol);
        return typeOf(perCpu ? text.replace(PER_CPU, "") : text)
                .filter(type -> room.isEmpty() || type.bytes() <= room.getAsLong())
                .filter(type -> perCpu || !(type.plain() instanceof PointerType) || points(symbol))
                .map(type -> room.isEmpty() ? type : filling(type, room.getAsLong()));
    }

    /// Whether a variable can be a pointer to something of the kernel; of 32 bits any can.
    private boolean points(String symbol) {
        OptionalLong word = evidence.word(symbol);
        return word.isEmpty() || types.pointerBytes() < Long.BYTES || word.getAsLong() <= 0;
    }

    /// An array without a length has as many elements as there is room for: those it has, and perhaps some padding.
    private static KernelType filling(KernelType type, long room) {
        if (!(type instanceof ArrayType array)
                || array.length() > 0
                || array.element().bytes() == 0) {
            return type;
        }
        KernelType element = array.element();
        return new ArrayType(() -> element, room / element.bytes());
    }

    private boolean holds(String condition) {
        int dot = condition.indexOf('.');
        return condition.isEmpty()
                || (dot < 0
                        ? types.findStruct(condition).isPresent()
                        : types.structWith(condition.substring(0, dot), condition.substring(dot + 1))
                                .isPresent());
    }

    /// A C type name, or `{ OFFSET: TYPE NAME }` for a struct without a tag of which one member is known.
    private Optional<KernelType> typeOf(String text) {
        if (!text.startsWith("{")) {
            return types.find(text);
        }
        int colon = text.indexOf(':');
        int space = text.lastIndexOf(' ', text.indexOf('}') - 2);
        long offset = Long.parseLong(text.substring(1, colon).strip());
        String name = text.substring(space, text.indexOf('}')).strip();
        return types.find(text.substring(colon + 1, space)).map(type -> struct(type, name, offset));
    }

    private static KernelType struct(KernelType type, String name, long offset) {
        Member member = new Member(name, () -> type, offset * Byte.SIZE, 0);
        return new StructType(StructType.Keyword.STRUCT, "", offset + type.bytes(), () -> List.of(member));
    }

    private synchronized Map<String, List<Candidate>> table() {
        if (table == null) {
            table = read();
        }
        return table;
    }

    private static Map<String, List<Candidate>> read() {
        Map<String, List<Candidate>> table = new HashMap<>();
        for (String line : text().lines().toList()) {
            int first = line.indexOf('\t');
            if (first > 0 && line.charAt(0) != '#') {
                int second = line.indexOf('\t', first + 1);
                String type = line.substring(first + 1, second < 0 ? line.length() : second);
                String condition = second < 0 ? "" : line.substring(second + 1);
                table.computeIfAbsent(line.substring(0, first), symbol -> new ArrayList<>(1))
                        .add(new Candidate(type, condition));
            }
        }
        return table;
    }

    private static String text() {
        try (InputStream in = GlobalTypes.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public List<KernelType> named(TypeKind kind, String name) {
        return List.of();
    }

    @Override
    public OptionalLong enumerator(String name) {
        return OptionalLong.empty();
    }

    @Override
    public void names(TypeKind kind, Consumer<String> visitor) {
        // It names variables, no types.
    }
}
