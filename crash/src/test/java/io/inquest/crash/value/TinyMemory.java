package io.inquest.crash.value;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.TypeSource;
import io.inquest.kernel.type.TypedefType;
import io.inquest.kernel.type.Types;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// A page of memory at [#BASE] behind which nothing is, with a few types and variables.
final class TinyMemory implements AddressSpace, Scope {

    static final long BASE = 0xffff_ffff_8100_0000L;

    static final IntegerType INT = new IntegerType("int", 4, true, IntegerType.Use.NUMBER);
    static final IntegerType LONG = new IntegerType("unsigned long", 8, false, IntegerType.Use.NUMBER);
    static final IntegerType CHAR = new IntegerType("char", 1, true, IntegerType.Use.CHARACTER);
    static final IntegerType BOOL = new IntegerType("bool", 1, false, IntegerType.Use.BOOLEAN);
    static final EnumType STATE = new EnumType(
            "state", 4, false, () -> List.of(new EnumType.Enumerator("LIVE", 0), new EnumType.Enumerator("GONE", 2)));
    static final EnumType FLAGS = new EnumType(
            "flags", 4, false, () -> List.of(new EnumType.Enumerator("A", 1), new EnumType.Enumerator("B", 2)));

    final ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    final StructType listHead;
    final StructType task;
    private final Types types = new Types(List.of(new Source()), 8);
    private final Map<String, KernelObject> variables = new HashMap<>();

    TinyMemory() {
        listHead = new StructType(StructType.Keyword.STRUCT, "list_head", 16, this::listMembers);
        task = new StructType(StructType.Keyword.STRUCT, "task", 64, this::taskMembers);
    }

    private List<Member> listMembers() {
        return List.of(
                new Member("next", () -> pointerTo(listHead), 0, 0),
                new Member("prev", () -> pointerTo(listHead), 64, 0));
    }

    private List<Member> taskMembers() {
        StructType both = new StructType(
                StructType.Keyword.UNION,
                "",
                8,
                () -> List.of(new Member("word", () -> LONG, 0, 0), new Member("half", () -> INT, 0, 0)));
        return List.of(
                new Member("pid", () -> INT, 0, 0),
                new Member("low", () -> INT, 32, 3),
                new Member("high", () -> INT, 35, 5),
                new Member("comm", () -> new ArrayType(() -> CHAR, 8), 64, 0),
                new Member("tasks", () -> listHead, 128, 0),
                new Member("", () -> both, 256, 0),
                new Member("state", () -> STATE, 320, 0),
                new Member("numbers", () -> new ArrayType(() -> INT, 3), 352, 0),
                new Member("name", () -> pointerTo(CHAR), 448, 0));
    }

    KernelType pointerTo(KernelType target) {
        return new PointerType(() -> target, 8);
    }

    KernelObject at(int offset, KernelType type) {
        return KernelObject.at(this, type, BASE + offset);
    }

    TinyMemory define(String name, KernelType type, int offset) {
        variables.put(name, at(offset, type));
        return this;
    }

    @Override
    public ByteOrder order() {
        return ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public int wordBytes() {
        return 8;
    }

    @Override
    public Mapping translate(long virtualAddress, long bytes) {
        return new Mapping.NotPresent(virtualAddress, bytes, List.of());
    }

    @Override
    public void read(long virtualAddress, ByteBuffer target) {
        long into = virtualAddress - BASE;
        if (into < 0 || into + target.remaining() > page.capacity()) {
            throw new MemoryFault(virtualAddress, PageState.EXCLUDED, "excluded");
        }
        target.put(page.slice((int) into, target.remaining()));
    }

    @Override
    public Types types() {
        return types;
    }

    @Override
    public AddressSpace space() {
        return this;
    }

    @Override
    public Optional<KernelObject> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    private final class Source implements TypeSource {

        @Override
        public String describe() {
            return "a few types";
        }

        @Override
        public List<KernelType> named(TypeKind kind, String name) {
            return switch (name) {
                case "list_head" -> kind == TypeKind.STRUCT ? List.of(listHead) : List.of();
                case "task" -> kind == TypeKind.STRUCT ? List.of(task) : List.of();
                case "pid_t" -> kind == TypeKind.TYPEDEF ? List.of(new TypedefType("pid_t", () -> INT)) : List.of();
                default -> List.of();
            };
        }

        @Override
        public Optional<KernelType> variable(String name) {
            return Optional.empty();
        }

        @Override
        public OptionalLong enumerator(String name) {
            return name.equals("GONE") ? OptionalLong.of(2) : OptionalLong.empty();
        }

        @Override
        public void names(TypeKind kind, Consumer<String> visitor) {}
    }
}
