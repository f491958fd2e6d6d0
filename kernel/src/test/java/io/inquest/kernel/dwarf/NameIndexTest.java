package io.inquest.kernel.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.testkit.DwarfBuilder;
import io.inquest.testkit.ElfObjectBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class NameIndexTest {

    private static final String ID = "0123456789abcdef";

    /// A file of a number of units, all of which define `struct common` and one of their own.
    private static byte[] units(int count, String buildId) {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        for (int i = 0; i < count; i++) {
            DwarfBuilder.Entry unit = dwarf.unit("file" + i + ".c");
            unit.child(0x13)
                    .name("common")
                    .data1(0x0b, 8)
                    .data1(0x3b, 7)
                    .sibling()
                    .child(0x0d)
                    .name("x");
            unit.child(0x13).name("own" + i).data1(0x0b, 4).data1(0x3b, 9);
            unit.child(0x13).name("common").flag(0x3c);
        }
        return dwarf.addTo(ElfObjectBuilder.executable().buildId(buildId)).build();
    }

    private static Dwarf open(byte[] file, IndexStore store) throws IOException {
        return Dwarf.open(ElfObject.open(new MemorySource("vmlinux", file)), SupplementaryFiles.NONE, store);
    }

    private static long[] common(Dwarf dwarf) {
        return dwarf.index().find(EntryKind.STRUCT, "common");
    }

    @Test
    void structOfAHeaderFileIsKeptOnceOfAllUnits() throws IOException {
        Dwarf dwarf = open(units(100, ID), IndexStore.NONE);
        assertThat(common(dwarf)).hasSize(2);
        assertThat(dwarf.index().count(EntryKind.STRUCT)).isEqualTo(102);
        assertThat(dwarf.index().find(EntryKind.STRUCT, "own99")).hasSize(1);
        assertThat(dwarf.index().find(EntryKind.UNION, "own99")).isEmpty();
        assertThat(dwarf.index().find(EntryKind.STRUCT, "own100")).isEmpty();
    }

    @Test
    void definitionComesBeforeDeclaration() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(4);
        dwarf.unit("a.c").child(0x13).name("later").flag(0x3c);
        dwarf.unit("b.c").child(0x13).name("later").data1(0x0b, 24);
        Dwarf opened = open(dwarf.addTo(ElfObjectBuilder.executable()).build(), IndexStore.NONE);
        assertThat(new DwarfTypes(opened).named(TypeKind.STRUCT, "later"))
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        StructType.class, struct -> assertThat(struct.bytes()).isEqualTo(24));
    }

    @Test
    void indexDoesNotDependOnHowThreadsShareTheUnits() throws IOException {
        byte[] file = units(200, ID);
        ByteBuffer first = open(file, IndexStore.NONE).index().stored();
        for (int i = 0; i < 5; i++) {
            assertThat(open(file, IndexStore.NONE).index().stored()).isEqualTo(first);
        }
    }

    @Test
    void storedIndexIsUsedAgain() throws IOException {
        byte[] file = units(3, ID);
        KeptIndexes store = new KeptIndexes();
        long[] made = common(open(file, store));
        assertThat(common(open(file, store))).isEqualTo(made);
        assertThat(store.saved).isEqualTo(1);
        assertThat(store.kept).containsOnlyKeys(ID);
    }

    @Test
    void indexOfAnotherFileIsMadeAnew() throws IOException {
        KeptIndexes store = new KeptIndexes();
        open(units(3, ID), store);
        open(units(4, ID), store);
        assertThat(store.saved).isEqualTo(2);
        store.kept.put("ff", Objects.requireNonNull(store.kept.get(ID)));
        open(units(4, "ff"), store);
        assertThat(store.saved).isEqualTo(3);
    }

    @Test
    void fileWithoutBuildIdIsNotStored() throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        dwarf.unit("a.c");
        KeptIndexes store = new KeptIndexes();
        open(dwarf.addTo(ElfObjectBuilder.executable()).build(), store);
        assertThat(store.saved).isZero();
    }

    @Test
    void damagedIndexIsMadeAnewWhereverItIsDamaged() throws IOException {
        byte[] file = units(2, ID);
        KeptIndexes store = new KeptIndexes();
        long[] made = common(open(file, store));
        byte[] whole = Objects.requireNonNull(store.kept.get(ID));
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            store.kept.put(ID, damaged);
            int before = store.saved;
            assertThat(common(open(file, store))).isEqualTo(made);
            assertThat(store.saved).as("byte " + at).isEqualTo(before + 1);
            assertThat(NameIndex.open(ByteBuffer.wrap(Arrays.copyOf(whole, at)), ID, file.length))
                    .isEmpty();
        }
    }

    @Test
    void namesAreToldByKind() throws IOException {
        List<String> names = new ArrayList<>();
        open(units(2, ID), IndexStore.NONE).index().names(EntryKind.STRUCT, names::add);
        assertThat(names).containsExactlyInAnyOrder("common", "common", "own0", "own1");
    }
}
