package io.inquest.kernel.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Machine;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.stack.FrameState;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import io.inquest.testkit.DwarfBuilder;
import io.inquest.testkit.ElfObjectBuilder;
import io.inquest.testkit.SyntheticMemory;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Debug information that is spread over several files: `-gsplit-dwarf`, its packages, and dwz.
final class SplitUnitsTest {

    private static final long TEXT = 0x1000;

    private static Dwarf open(String object, SupplementaryFiles files) throws IOException {
        ElfObject placed = Fixtures.object(object)
                .placedAt(name -> name.equals(".text") ? OptionalLong.of(TEXT) : OptionalLong.empty());
        return Dwarf.open(placed, files, IndexStore.NONE);
    }

    private static Dwarf open(int version, boolean packaged) throws IOException {
        String name = "shapes-split" + version;
        return open(name + ".o", Fixtures.nearby(packaged ? name + ".dwp" : ""));
    }

    @ParameterizedTest
    @CsvSource({"4,false", "5,false", "4,true", "5,true"})
    void typesAreFoundInSplitFiles(int version, boolean packaged) throws IOException {
        Types types = new Types(List.of(new DwarfTypes(open(version, packaged))), 8);
        StructType shape = types.struct("shape");
        assertThat(shape.bytes()).isEqualTo(104);
        assertThat(shape.offsetOf("node.pprev")).isEqualTo(40);
        assertThat(types.variable("shapes").map(KernelType::name)).contains("struct shape *[4]");
        assertThat(types.enumerator("MINUS")).hasValue(-1);
        assertThat(types.named(TypeKind.FUNCTION, "visit_shape").getFirst().declare("visit_shape"))
                .isEqualTo("int visit_shape(struct shape *, int)");
    }

    @ParameterizedTest
    @CsvSource({"4,false", "5,false", "4,true", "5,true"})
    void linesAreThoseOfTheSkeleton(int version, boolean packaged) throws IOException {
        Lines lines = new Lines(open(version, packaged), 0);
        assertThat(lines.framesAt(TEXT + 0x20).getFirst().function()).isEqualTo("visit_shape");
        assertThat(lines.lineAt(TEXT + 0x20).map(SourceLine::line)).contains(51);
        assertThat(lines.lineAt(TEXT + 0x30).map(SourceLine::line)).contains(58);
    }

    @ParameterizedTest
    @CsvSource({"4,false", "5,false", "4,true", "5,true"})
    void localsAreFoundInSplitFiles(int version, boolean packaged) throws IOException {
        StackRules rules = Architectures.of(new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, 8, 12))
                .stackRules();
        Dwarf dwarf = open(version, packaged);
        FlatSpace space = new FlatSpace(new SyntheticMemory(ByteOrder.LITTLE_ENDIAN), 8);
        Locals locals = new Locals(dwarf, new CfiUnwinder(dwarf, 0, rules), space, 0);
        Registers registers = Registers.caller(rules.registerNames(), TEXT + 0x10, 0x8000)
                .with(rules.registerNames().number("rsi"), 3);
        assertThat(locals.of(new FrameState(registers, true), OptionalLong.empty()))
                .filteredOn(each -> each.name().equals("depth"))
                .singleElement()
                .satisfies(depth ->
                        assertThat(depth.object().orElseThrow().signed()).isEqualTo(3));
    }

    @Test
    void whatIsInAFileThatIsMissingIsNotKnown() throws IOException {
        Dwarf dwarf = open("shapes-split5.o", SupplementaryFiles.NONE);
        assertThat(new DwarfTypes(dwarf).named(TypeKind.STRUCT, "shape")).isEmpty();
        SourceFrame frame = new Lines(dwarf, 0).framesAt(TEXT + 0x20).getFirst();
        assertThat(frame.function()).isEmpty();
        assertThat(frame.line().map(SourceLine::line)).contains(51);
    }

    @Test
    void damagedSplitFilesNeverThrowAndNeverHang() throws IOException {
        byte[] whole = Fixtures.bytes("shapes-split5.dwp");
        Random random = new Random(23);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            for (int flip = 0; flip < 3; flip++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Dwarf dwarf = open("shapes-split5.o", new OneFile(damaged, true));
            DwarfTypes types = new DwarfTypes(dwarf);
            types.names(
                    TypeKind.STRUCT,
                    name -> assertThat(types.named(TypeKind.STRUCT, name)).isNotNull());
            new Lines(dwarf, 0).framesAt(TEXT + 0x20);
        }
    }

    /// What dwz does: a struct and its name are in the alternate file, and a typedef here refers to them.
    @Test
    void entriesOfTheAlternateFileAreFollowed() throws IOException {
        DwarfBuilder common = DwarfBuilder.version(5);
        DwarfBuilder.Entry struct =
                common.partialUnit().child(0x13).name("common").data1(0x0b, 48);
        struct.child(0x0d).name("first").data1(0x38, 0);
        byte[] alternate =
                common.addTo(ElfObjectBuilder.executable().buildId("aabb")).build();
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        DwarfBuilder.Entry unit = dwarf.unit("a.c");
        unit.child(0x16).value(0x03, 0x1f21, 0L).value(0x49, 0x1f20, (long) struct.offset());
        byte[] link = "../.dwz/common\0".getBytes(StandardCharsets.UTF_8);
        byte[] linkAndId = Arrays.copyOf(link, link.length + 2);
        System.arraycopy(HexFormat.of().parseHex("aabb"), 0, linkAndId, link.length, 2);
        byte[] file = dwarf.addTo(ElfObjectBuilder.executable().section(".gnu_debugaltlink", linkAndId))
                .build();
        ElfObject object = ElfObject.open(new MemorySource("vmlinux", file));
        DwarfTypes types = new DwarfTypes(Dwarf.open(object, new OneFile(alternate, false), IndexStore.NONE));
        assertThat(types.named(TypeKind.STRUCT, "common").getFirst().bytes()).isEqualTo(48);
        KernelType alias = types.named(TypeKind.TYPEDEF, "common").getFirst();
        assertThat(alias.bytes()).isEqualTo(48);
        assertThat(((StructType) alias.plain()).member("first")).isPresent();
    }

    /// One file, whatever name it is asked by.
    private record OneFile(MemorySource file, boolean isPackage) implements SupplementaryFiles {

        OneFile(byte[] bytes, boolean isPackage) {
            this(new MemorySource("other", bytes), isPackage);
        }

        @Override
        public Optional<ByteSource> alternate(String name, String buildId) {
            return name.equals("../.dwz/common") && buildId.equals("aabb") ? Optional.of(file) : Optional.empty();
        }

        @Override
        public Optional<ByteSource> split(String directory, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ByteSource> splitPackage() {
            return isPackage ? Optional.of(file) : Optional.empty();
        }
    }
}
