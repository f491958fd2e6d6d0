package io.inquest.kernel.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.SectionFault;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines and inlined calls of `shapes.c` as `addr2line -if -j .text` of GNU binutils tells them.
final class CompiledLinesTest {

    /// Addresses in the tests are those of `.text` placed here.
    private static final long TEXT = 0x1000;

    private static Lines lines(String object) throws IOException {
        return lines(object, TEXT);
    }

    private static Lines lines(String object, long text) throws IOException {
        ElfObject placed = Fixtures.object(object)
                .placedAt(name -> name.equals(".text") ? OptionalLong.of(text) : OptionalLong.empty());
        return new Lines(Dwarf.open(placed, SupplementaryFiles.NONE, IndexStore.NONE), 0);
    }

    private static List<String> at(Lines lines, long address) {
        return lines.framesAt(address).stream()
                .map(frame -> frame.function() + " "
                        + frame.line()
                                .map(line -> line.path() + ":" + line.line())
                                .orElse("?"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shapes-dwarf4.o", "shapes-dwarf5.o", "shapes-dwarf64.o", "shapes-zlib.o", "shapes-zdebug.o"})
    void linesAreFound(String object) throws IOException {
        Lines lines = lines(object);
        assertThat(at(lines, TEXT + 0)).containsExactly("visit_shape /src/shapes.c:47");
        assertThat(at(lines, TEXT + 0x10)).containsExactly("visit_shape /src/shapes.c:50");
        assertThat(at(lines, TEXT + 0x20)).containsExactly("visit_shape /src/shapes.c:51");
        assertThat(at(lines, TEXT + 0x30)).containsExactly("flags /src/shapes.c:58");
        assertThat(at(lines, TEXT + 0x36)).isEmpty();
    }

    /// Not asked in DWARF 4: there GCC's list of ranges begins with an empty one at the start of the unit, which is
    /// written as the end of a list, and binutils sees no inlined call either.
    @ParameterizedTest
    @ValueSource(strings = {"shapes-dwarf5.o", "shapes-dwarf64.o", "shapes-zlib.o"})
    void inlinedCallsComeBeforeTheFunctionTheyAreIn(String object) throws IOException {
        Lines lines = lines(object);
        assertThat(at(lines, TEXT + 4)).containsExactly("twice /src/shapes.c:43", "visit_shape /src/shapes.c:48");
        assertThat(lines.framesAt(TEXT + 4).getFirst().inlined()).isTrue();
        assertThat(lines.framesAt(TEXT + 4).getLast().inlined()).isFalse();
    }

    @Test
    void addressesAreThoseWhereTheKernelRan() throws IOException {
        assertThat(at(new Lines(Fixtures.dwarf("shapes-dwarf5.o"), 0x1000), 0x1030))
                .containsExactly("flags /src/shapes.c:58");
    }

    @Test
    void moduleIsAskedByTheAddressesOfItsSections() throws IOException {
        Lines lines = lines("shapes-dwarf5.o", 0xffff_ffff_c010_0000L);
        assertThat(at(lines, 0xffff_ffff_c010_0004L))
                .containsExactly("twice /src/shapes.c:43", "visit_shape /src/shapes.c:48");
        assertThat(at(lines, 4)).isEmpty();
    }

    @Test
    void lineAloneIsThatOfTheInnermostCall() throws IOException {
        assertThat(lines("shapes-dwarf5.o").lineAt(TEXT + 4).map(SourceLine::line))
                .contains(43);
        assertThat(lines("shapes-dwarf5.o").lineAt(0x5000)).isEmpty();
    }

    @Test
    void damageNeverThrowsAndNeverHangs() throws IOException {
        byte[] whole = Fixtures.bytes("shapes-dwarf5.o");
        Random random = new Random(13);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            for (int flip = 0; flip < 3; flip++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                ElfObject object = ElfObject.open(new MemorySource("vmlinux", damaged));
                Lines lines = new Lines(Dwarf.open(object, SupplementaryFiles.NONE, IndexStore.NONE), 0);
                for (long address = 0; address < 0x40; address += 4) {
                    lines.framesAt(address);
                }
            } catch (DumpException | SectionFault told) {
                assertThat(told).hasMessageContaining("vmlinux");
            }
        }
    }
}
