package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Note;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.SyntheticDump;
import io.inquest.testkit.KernelEra;
import io.inquest.testkit.StructPageBuilder;
import io.inquest.testkit.SyntheticKernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Registers as in `struct elf_prstatus` of x86-64 (`arch/x86/include/asm/user_64.h`): r15 at 112, rsp at 264.
final class ReferencesTest {

    private static final int R15 = 112;
    private static final int RSP = 112 + 19 * 8;

    private final SyntheticKernel machine = new SyntheticKernel();

    private ByteBuffer prstatus(long rsp) {
        return ByteBuffer.allocate(336).order(ByteOrder.LITTLE_ENDIAN).putLong(RSP, rsp);
    }

    private Set<Long> frames(ByteBuffer prstatus) throws IOException {
        SyntheticDump dump =
                new SyntheticDump(machine.memory(), machine.vmcoreInfo().build());
        dump.notes().add(new Note("CORE", Note.NT_PRSTATUS, prstatus));
        TreeSet<Long> frames = new TreeSet<>();
        References.visit(Kernel.open(dump, Warnings.NONE), (pfn, count) -> frames.add(pfn));
        return frames;
    }

    @Test
    void registersAndTheRestOfTheStackPointAtFrames() throws IOException {
        long stack = machine.directMap() + 0x40_0000;
        machine.memory().reserve(0x40_0000, 16 << 10);
        machine.memory().put64(0x40_0000, machine.directMap() + 0x70_0000);
        machine.memory().put64(0x40_0000 + 0x1008, machine.directMap() + 0x50_0123);
        machine.memory().put64(0x40_0000 + 0x3ff8, machine.directMap() + 0x51_0000);

        Set<Long> frames = frames(prstatus(stack + 0x1000).putLong(R15, machine.directMap() + 0x60_0000));

        assertThat(frames)
                .as("the stack itself, what r15 and the words above rsp point at; not what lies below rsp")
                .containsExactly(0x401L, 0x500L, 0x510L, 0x600L);
    }

    /// The promise of level 8, and its end by `--keep-referenced`.
    @Test
    void userPagesThatAStackPointsAtAreKeptOnRequestOnly() throws IOException {
        KernelEra era = KernelEra.v6_12();
        long memMap = machine.directMap() + 0x80_0000;
        long pointer = machine.allocate(8);
        StructPageBuilder pages = new StructPageBuilder(era, ByteOrder.LITTLE_ENDIAN, memMap, 0x1000);
        machine.memory().put(0x80_0000, pages.anonymous(0x500).anonymous(0x501).bytes());
        machine.memory().put64(machine.physical(pointer), memMap);
        machine.memory().put64(0x40_0008, machine.directMap() + 0x50_0040);
        String info = machine.vmcoreInfo().symbol("mem_map", pointer).build() + era.vmcoreinfo();
        SyntheticDump dump = new SyntheticDump(machine.memory(), info);
        dump.notes().add(new Note("CORE", Note.NT_PRSTATUS, prstatus(machine.directMap() + 0x40_0000)));
        Kernel kernel = Kernel.open(dump, Warnings.NONE);
        PageMap map = PageMap.open(kernel, Warnings.NONE);
        KeepList list = KeepList.of(kernel, map, Warnings.NONE);

        assertThat(classesOf0x500And0x501(map, list)).containsExactly(PageClass.USER, PageClass.USER);
        list.keepReferenced(kernel);
        assertThat(classesOf0x500And0x501(map, list)).containsExactly(PageClass.KEPT, PageClass.USER);
    }

    private static PageClass[] classesOf0x500And0x501(PageMap map, KeepList list) throws IOException {
        byte[] codes = new byte[2];
        map.classify(0x500, 2, codes, 1);
        list.apply(0x500, 2, codes, 31);
        return new PageClass[] {PageClass.of(codes[0]), PageClass.of(codes[1])};
    }

    @Test
    void aStackThatIsLostInPartIsReadAsFarAsItGoes() throws IOException {
        machine.memory().reserve(0x40_0000, 4096);
        machine.memory().put64(0x40_0010, machine.directMap() + 0x50_0000);

        assertThat(frames(prstatus(machine.directMap() + 0x40_0000))).containsExactly(0x400L, 0x500L);
    }

    @Test
    void aCpuInAProcessHasNoKernelStack() throws IOException {
        assertThat(frames(prstatus(0x7ffc_0000_1000L))).isEmpty();
    }

    @Test
    void aNoteThatIsCutTellsNothing() throws IOException {
        ByteBuffer whole = prstatus(machine.directMap() + 0x40_0000);
        for (int length = 0; length < 328; length++) {
            assertThat(frames(whole.slice(0, length)))
                    .as("cut at byte %d", length)
                    .isEmpty();
        }
    }
}
