package io.inquest.kernel.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.testkit.DwarfBuilder;
import io.inquest.testkit.DwarfBuilder.Entry;
import io.inquest.testkit.ElfObjectBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DwarfTypesTest {

    private static final int ARRAY = 0x01;
    private static final int ENUM = 0x04;
    private static final int MEMBER = 0x0d;
    private static final int STRUCT = 0x13;
    private static final int TYPEDEF = 0x16;
    private static final int SUBRANGE = 0x21;
    private static final int BASE = 0x24;
    private static final int ENUMERATOR = 0x28;
    private static final int VARIABLE = 0x34;
    private static final int RUST = 0x1c;

    private static DwarfTypes types(DwarfBuilder dwarf) throws IOException {
        return types(dwarf.addTo(ElfObjectBuilder.executable()).build());
    }

    private static DwarfTypes types(byte[] file) throws IOException {
        ElfObject object = ElfObject.open(new MemorySource("/boot/vmlinux", file));
        return new DwarfTypes(Dwarf.open(object, SupplementaryFiles.NONE, IndexStore.NONE));
    }

    private static Entry integer(Entry unit) {
        return unit.child(BASE).string(0x03, "int").data1(0x0b, 4).data1(0x3e, 5);
    }

    private static StructType struct(DwarfTypes types, String tag) {
        return (StructType) types.named(TypeKind.STRUCT, tag).getFirst();
    }

    @Test
    void bitFieldsAreFoundInTheOlderWayToo() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(3);
        Entry unit = dwarf.unit("a.c");
        Entry number = integer(unit);
        Entry struct = unit.child(STRUCT).name("flags").data1(0x0b, 8);
        struct.child(MEMBER)
                .name("low")
                .type(number)
                .data1(0x0b, 4)
                .data1(0x0d, 3)
                .data1(0x0c, 29)
                .expression(0x38, 0x23, 4);
        struct.child(MEMBER)
                .name("next")
                .type(number)
                .data1(0x0b, 4)
                .data1(0x0d, 5)
                .data1(0x0c, 24)
                .expression(0x38, 0x23, 4);
        List<Member> members = struct(types(dwarf), "flags").members();
        assertThat(members.getFirst().bitOffset()).isEqualTo(32);
        assertThat(members.getLast().bitOffset()).isEqualTo(35);
        assertThat(members.getLast().bitFieldBits()).isEqualTo(5);
    }

    @Test
    void namesByIndexAndInTheAbbreviationAreRead() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        Entry unit = dwarf.unit("a.c").value(0x72, 0x17, 0L);
        unit.child(STRUCT).value(0x03, 0x1a, "by_index").value(0x0b, 0x21, 24L);
        unit.child(STRUCT).value(0x03, 0x25, "by_short_index").value(0x0b, 0x0f, 300L);
        DwarfTypes types = types(dwarf);
        assertThat(struct(types, "by_index").bytes()).isEqualTo(24);
        assertThat(struct(types, "by_short_index").bytes()).isEqualTo(300);
        assertThat(struct(types, "by_index").tag()).isEqualTo("by_index");
    }

    @Test
    void typesInOtherUnitsAreFollowed() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version64(4);
        Entry number = integer(dwarf.unit("a.c"));
        dwarf.unit("b.c").child(TYPEDEF).name("word").value(0x49, 0x10, number);
        assertThat(types(dwarf).named(TypeKind.TYPEDEF, "word").getFirst().bytes())
                .isEqualTo(4);
    }

    @Test
    void typeOfATypeUnitIsFoundBySignature() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        Entry type =
                dwarf.typeUnit(0x1122334455667788L).child(STRUCT).name("apart").data1(0x0b, 40);
        type.child(MEMBER).name("first").data1(0x38, 0);
        dwarf.unit("b.c").child(VARIABLE).name("global").value(0x49, 0x20, 0x1122334455667788L);
        KernelType found = types(dwarf).variable("global").orElseThrow();
        assertThat(found.bytes()).isEqualTo(40);
        assertThat(((StructType) found).member("first")).isPresent();
    }

    @Test
    void definitionOfADeclaredVariableIsFoundByTheNameOfItsDeclaration() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        Entry unit = dwarf.unit("a.c");
        Entry number = integer(unit);
        Entry open = unit.child(ARRAY).type(number);
        open.child(SUBRANGE);
        Entry bounded = unit.child(ARRAY).type(number);
        bounded.child(SUBRANGE).data1(0x2f, 9);
        Entry declaration = unit.child(VARIABLE).name("table").type(open).flag(0x3c);
        unit.child(VARIABLE).value(0x47, 0x13, declaration).type(bounded);
        assertThat(types(dwarf).variable("table").map(KernelType::name)).contains("int [10]");
    }

    @Test
    void anonymousEnumerationsAreIndexedEach() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        for (int file = 0; file < 3; file++) {
            Entry unit = dwarf.unit("file" + file + ".c");
            for (int line = 1; line < 3; line++) {
                Entry enumeration = unit.child(ENUM).data1(0x0b, 4).data1(0x3b, line);
                enumeration.child(ENUMERATOR).name("NONE").data1(0x1c, 0);
                enumeration.child(ENUMERATOR).name("OF_LINE_" + line).data1(0x1c, line);
            }
        }
        DwarfTypes types = types(dwarf);
        assertThat(types.enumerator("OF_LINE_1")).hasValue(1);
        assertThat(types.enumerator("OF_LINE_2")).hasValue(2);
    }

    @Test
    void typesOfOtherLanguagesAreLeftOut() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        dwarf.unitIn(RUST, "lib.rs").child(BASE).name("u8").data1(0x0b, 1);
        assertThat(types(dwarf).named(TypeKind.BASE, "u8")).isEmpty();
    }

    @Test
    void arrayThatHoldsItselfHasAnEnd() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        Entry unit = dwarf.unit("a.c");
        Entry array = unit.child(ARRAY);
        Entry alias = unit.child(TYPEDEF).name("endless").type(array);
        array.type(alias).child(SUBRANGE).data1(0x37, 3);
        KernelType type = types(dwarf).named(TypeKind.TYPEDEF, "endless").getFirst();
        assertThat(type.bytes()).isZero();
        assertThat(((ArrayType) type.plain()).length()).isEqualTo(3);
    }

    @Test
    void sourceSaysWhatItIs() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        integer(dwarf.unit("a.c"));
        assertThat(types(dwarf).describe()).isEqualTo("DWARF of vmlinux (1 names)");
    }

    @Test
    void damageNeverThrowsAndNeverHangs() throws IOException {
        byte[] whole = Fixtures.bytes("shapes-types5.o");
        Random random = new Random(11);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            int flips = 1 + random.nextInt(4);
            for (int flip = 0; flip < flips; flip++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            askEverything(damaged);
        }
    }

    @Test
    void everyTruncationOfTheSectionsIsSurvived() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        Entry unit = dwarf.unit("a.c");
        Entry struct = unit.child(STRUCT).name("shape").data1(0x0b, 4).sibling();
        struct.child(MEMBER).name("x").type(integer(unit)).data1(0x38, 0);
        for (String section : List.of(".debug_info", ".debug_abbrev", ".debug_str")) {
            for (int length = 0;
                    length < Objects.requireNonNull(dwarf.sections().get(section)).length;
                    length++) {
                ElfObjectBuilder object = ElfObjectBuilder.executable();
                int cut = length;
                dwarf.sections()
                        .forEach((name, bytes) ->
                                object.section(name, name.equals(section) ? Arrays.copyOf(bytes, cut) : bytes));
                askEverything(object.build());
            }
        }
    }

    private static void askEverything(byte[] file) throws IOException {
        DwarfTypes types;
        try {
            types = types(file);
        } catch (DumpException | SectionFault told) {
            return;
        }
        for (TypeKind kind : TypeKind.values()) {
            types.names(kind, name -> types.named(kind, name).forEach(DwarfTypesTest::look));
        }
        types.variable("shapes").ifPresent(DwarfTypesTest::look);
        types.enumerator("BLUE");
    }

    private static void look(KernelType type) {
        type.bytes();
        if (type instanceof StructType struct) {
            for (Member member : struct.members()) {
                member.type().bytes();
                member.type().name();
            }
        }
    }
}
