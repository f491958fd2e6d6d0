package io.inquest.fuzz;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.arch.x86_64.instruction.X86Disassembler;
import io.inquest.kernel.dwarf.CfiUnwinder;
import io.inquest.kernel.dwarf.Dwarf;
import io.inquest.kernel.dwarf.DwarfTypes;
import io.inquest.kernel.dwarf.IndexStore;
import io.inquest.kernel.dwarf.Lines;
import io.inquest.kernel.dwarf.Locals;
import io.inquest.kernel.dwarf.SupplementaryFiles;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.stack.FrameState;
import io.inquest.kernel.stack.StackMemory;
import io.inquest.kernel.stack.orc.OrcLayout;
import io.inquest.kernel.stack.orc.OrcTable;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.TypeSource;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.MalformedBtf;
import io.inquest.testkit.BtfBuilder;
import io.inquest.testkit.DwarfBuilder;
import io.inquest.testkit.ElfObjectBuilder;
import io.inquest.testkit.OrcBuilder;
import io.inquest.testkit.PagePattern;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// What describes a kernel: object files with their debug information, BTF, ORC; and its code.
final class SymbolTargets {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int MOST_NAMES = 200;
    private static final long STACK = 0xffff_c900_0001_0000L;
    private static final int STACK_BYTES = 0x4000;
    private static final long TEXT = 0x1000;
    private static final long ORC_AT = 0xffff_ffff_8200_0000L;
    private static final StackRules RULES = rules();

    private SymbolTargets() {}

    static List<Target> all() {
        return List.of(
                new Target("btf", () -> List.of(btf()), SymbolTargets::readBtf, Set.of(MalformedBtf.class))
                        .shortInputs(10_000),
                new Target("dwarf", SymbolTargets::objects, SymbolTargets::readDwarf, Set.of(SectionFault.class))
                        .shortInputs(500),
                new Target("elf-object", SymbolTargets::objects, SymbolTargets::readObject, Set.of(SectionFault.class))
                        .shortInputs(20_000),
                new Target("orc", () -> List.of(orc()), SymbolTargets::readOrc),
                new Target("disassembler", SymbolTargets::code, SymbolTargets::disassemble).shortInputs(5_000));
    }

    private static StackRules rules() {
        try {
            return Architectures.of(new Machine("x86_64", ORDER, Long.BYTES, 12))
                    .stackRules();
        } catch (DumpException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] btf() {
        BtfBuilder btf = new BtfBuilder(ORDER);
        int number = btf.integer("int", 4, BtfBuilder.SIGNED);
        int pointer = btf.pointer(number + 3);
        int array = btf.array(number, 16);
        btf.flaggedStruct("task", 64, btf.member("comm", array, 0), btf.bitField("bit", number, 128, 3));
        btf.union("both", 8, btf.member("a", number, 0), btf.member("", array, 0));
        btf.enumeration("state", true, -1, "BAD", "GOOD");
        btf.longEnumeration("wide", false, "WIDE", 1L << 40);
        btf.declaredStruct("page");
        int typedef = btf.typedef("pid_t", number);
        btf.typedef("tid_t", btf.constType(btf.volatileType(btf.restrictType(typedef))));
        btf.function("schedule", btf.prototype(number, btf.string("a"), pointer, 0, 0));
        int variable = btf.variable("runqueues", array);
        btf.section(".data..percpu", new BtfBuilder.Place(variable, 0, 64));
        btf.floating("double", 8);
        btf.declarationTag("kfunc", number, -1);
        btf.typeTag("rcu", number);
        return btf.build();
    }

    private static void readBtf(byte[] input) throws MalformedBtf {
        Btf btf = Btf.of("fuzzed", input, ORDER, Long.BYTES);
        btf.describe();
        askAll(btf);
        for (int id = -1; id <= Math.min(btf.count() + 1, MOST_NAMES); id++) {
            look(btf.type(id));
        }
    }

    private static void askAll(TypeSource types) {
        for (TypeKind kind : TypeKind.values()) {
            List<String> names = new ArrayList<>();
            types.names(kind, name -> {
                if (names.size() < MOST_NAMES) {
                    names.add(name);
                }
            });
            for (String name : names) {
                types.named(kind, name).forEach(SymbolTargets::look);
            }
        }
        types.variable("runqueues").ifPresent(SymbolTargets::look);
        types.enumerator("BAD");
    }

    private static void look(KernelType type) {
        type.name();
        type.bytes();
        type.plain().bytes();
        switch (type) {
            case StructType struct -> {
                struct.members().forEach(member -> member.type().bytes());
                struct.member("a");
            }
            case EnumType enumeration -> enumeration.enumerators().forEach(Objects::requireNonNull);
            case ArrayType array -> array.element().bytes();
            default -> {}
        }
    }

    /// What compilers make of a small file, in several versions of DWARF and ways of compressing it; and made
    /// objects.
    private static List<byte[]> objects() throws IOException {
        List<byte[]> objects = new ArrayList<>();
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        DwarfBuilder.Entry unit = dwarf.unit("a.c");
        unit.child(0x24).string(0x03, "int").data1(0x0b, 4).data1(0x3e, 5);
        unit.child(0x13).name("shape").data1(0x0b, 4);
        objects.add(dwarf.addTo(ElfObjectBuilder.executable().buildId("00112233445566778899"))
                .loaded(".text", TEXT, new byte[64])
                .symbol("start", ".text", TEXT, 64, 0x12)
                .build());
        Path compiled = Samples.root().resolve("kernel/src/test/resources/io/inquest/kernel/dwarf");
        try (Stream<Path> files = Files.list(compiled)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".o"))
                    .sorted()
                    .toList()) {
                objects.add(Files.readAllBytes(file));
            }
        }
        return objects;
    }

    private static void readObject(byte[] input) throws IOException {
        try (ElfObject object = ElfObject.open(new MemorySource("vmlinux", input))) {
            object.buildId();
            for (var section : object.sections()) {
                object.addressOf(section);
            }
            object.symbols((name, value, bytes, type, binding, section) -> Objects.requireNonNull(name));
            for (String name : List.of(".text", ".debug_info", ".debug_str", ".symtab")) {
                var bytes = object.bytes(name);
                if (bytes.isPresent()) {
                    bytes.get().read(0, ByteBuffer.allocate(64));
                }
            }
        }
    }

    private static void readDwarf(byte[] input) throws IOException {
        ElfObject object = ElfObject.open(new MemorySource("vmlinux", input))
                .placedAt(name -> name.equals(".text") ? OptionalLong.of(TEXT) : OptionalLong.empty());
        if (!Dwarf.isIn(object)) {
            return;
        }
        try (Dwarf dwarf = Dwarf.open(object, SupplementaryFiles.NONE, IndexStore.NONE)) {
            askAll(new DwarfTypes(dwarf));
            Lines lines = new Lines(dwarf, 0);
            Bytes stack = new Bytes(STACK, PagePattern.of(1, STACK_BYTES));
            StackMemory stacks = new StackMemory(
                    stack, List.of(new StackArea(StackArea.Kind.TASK, "TASK", STACK, STACK + STACK_BYTES)));
            CfiUnwinder unwinder = new CfiUnwinder(dwarf, 0, RULES);
            Locals locals = new Locals(dwarf, unwinder, stack, 0);
            for (int offset = 0; offset < 0x80; offset += 9) {
                lines.framesAt(TEXT + offset);
                FrameState frame =
                        new FrameState(Registers.caller(RULES.registerNames(), TEXT + offset, STACK + 0x100), true);
                unwinder.callerOf(frame, stacks);
                locals.of(frame, OptionalLong.empty());
            }
        }
    }

    private static byte[] orc() {
        OrcBuilder orc = new OrcBuilder(0xffff_ffff_8100_0000L);
        for (int i = 0; i < 40; i++) {
            orc.entry(16L * i, 8 * i, 0, 0x0205);
        }
        byte[] addresses = orc.addresses(ORC_AT);
        byte[] entries = orc.entries();
        return ByteBuffer.allocate(addresses.length + entries.length)
                .put(addresses)
                .put(entries)
                .array();
    }

    private static void readOrc(byte[] input) {
        int count = input.length / 10;
        OrcTable.of(new Bytes(ORC_AT, input), ORC_AT, ORC_AT + 4L * count, count)
                .ifPresent(table -> {
                    for (long address = 0xffff_ffff_8100_0000L; address < 0xffff_ffff_8100_0400L; address += 100) {
                        int index = table.find(address);
                        for (OrcLayout layout : OrcLayout.values()) {
                            if (index >= 0) {
                                table.entry(index, layout);
                            }
                        }
                    }
                });
    }

    private static List<byte[]> code() {
        List<byte[]> code = new ArrayList<>();
        code.add(new byte[] {0x55, 0x48, (byte) 0x89, (byte) 0xe5, 0x41, 0x57, (byte) 0xe8, 1, 2, 3, 4, (byte) 0xc3});
        code.add(new byte[] {0x62, (byte) 0xf1, 0x7c, 0x48, 0x28, 0x04, 0x24, (byte) 0xc5, (byte) 0xf8, 0x77, 0x0f, 0x0b
        });
        code.add(new byte[] {(byte) 0xf3, 0x0f, 0x1e, (byte) 0xfa, 0x65, 0x48, (byte) 0x8b, 0x04, 0x25, 0, 0, 0, 0});
        return code;
    }

    private static void disassemble(byte[] input) {
        X86Disassembler disassembler = new X86Disassembler();
        for (int offset = 0; offset < Math.min(input.length, 256); ) {
            Instruction instruction = disassembler.at(input, offset, TEXT + offset);
            if (instruction.length() < 1 || offset + instruction.length() > input.length) {
                throw new AssertionError("an instruction of " + instruction.length() + " bytes");
            }
            instruction.text(address -> "<there>");
            instruction.target();
            instruction.memory();
            offset += instruction.length();
        }
    }

    /// An address space of nothing but these bytes.
    private static final class Bytes implements AddressSpace {

        private final long start;
        private final byte[] bytes;

        Bytes(long start, byte[] bytes) {
            this.start = start;
            this.bytes = bytes;
        }

        @Override
        public ByteOrder order() {
            return ORDER;
        }

        @Override
        public int wordBytes() {
            return Long.BYTES;
        }

        @Override
        public Mapping translate(long virtualAddress, long length) {
            return new Mapping.NotPresent(virtualAddress, length, List.of());
        }

        @Override
        public void read(long virtualAddress, ByteBuffer target) {
            long at = virtualAddress - start;
            if (at < 0 || at + target.remaining() > bytes.length) {
                throw new MemoryFault(virtualAddress, PageState.ABSENT, "there is nothing");
            }
            target.put(bytes, (int) at, target.remaining());
        }
    }
}
