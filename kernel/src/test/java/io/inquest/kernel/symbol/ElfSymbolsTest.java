package io.inquest.kernel.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.testkit.ElfObjectBuilder;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ElfSymbolsTest {

    private static final long LINKED = 0xffff_ffff_8100_0000L;
    private static final long OFFSET = 0x1a00_0000L;

    private static final int LOCAL_OBJECT = 0x01;
    private static final int GLOBAL_FUNCTION = 0x12;
    private static final int FILE = 0x04;

    private static SymbolTable read() throws IOException {
        byte[] vmlinux = ElfObjectBuilder.executable()
                .loaded(".rodata", LINKED, new byte[0x100])
                .leftOut(".bss", LINKED + 0x1000, 0x1000)
                .symbol("main.c", ".rodata", 0, 0, FILE)
                .symbol("later", ".rodata", LINKED + 0x80, 0x10, GLOBAL_FUNCTION)
                .symbol("atwin", ".rodata", LINKED, 0x40, GLOBAL_FUNCTION)
                .symbol(".Llabel", ".rodata", LINKED, 0, LOCAL_OBJECT)
                .symbol("__start_rodata", ".rodata", LINKED, 0, GLOBAL_FUNCTION)
                .symbol("_twin", ".rodata", LINKED, 0, GLOBAL_FUNCTION)
                .symbol("twin", ".rodata", LINKED, 0x40, GLOBAL_FUNCTION)
                .symbol("zeroes", ".bss", LINKED + 0x1000, 0x800, LOCAL_OBJECT)
                .symbol("cpu_number", ".rodata", 0x1f0, 4, GLOBAL_FUNCTION)
                .symbol("elsewhere", "", 0, 0, GLOBAL_FUNCTION)
                .build();
        return ElfSymbols.read(
                ElfObject.open(new MemorySource("vmlinux", vmlinux)),
                OFFSET,
                address -> Long.compareUnsigned(address, LINKED) >= 0);
    }

    @Test
    void symbolsAreShiftedToWhereTheKernelRan() throws IOException {
        SymbolTable symbols = read();

        assertThat(symbols.find("later")).contains(new Symbol("later", LINKED + OFFSET + 0x80, 0x10, 'R', ""));
        assertThat(symbols.find("zeroes")).contains(new Symbol("zeroes", LINKED + OFFSET + 0x1000, 0x800, 'b', ""));
    }

    @Test
    void offsetsOfPerCpuVariablesAreNoAddresses() throws IOException {
        assertThat(read().find("cpu_number")).contains(new Symbol("cpu_number", 0x1f0, 0, 'A', ""));
    }

    @Test
    void filesAndForeignSymbolsAreLeftOut() throws IOException {
        assertThat(read().find("main.c")).isEmpty();
        assertThat(read().find("elsewhere")).isEmpty();
        assertThat(read().find(".Llabel")).isEmpty();
    }

    @Test
    void equalAddressesAreInTheOrderOfKallsyms() throws IOException {
        SymbolTable symbols = read();

        assertThat(symbols.between(LINKED + OFFSET, LINKED + OFFSET + 1))
                .extracting(Symbol::name)
                .containsExactly("atwin", "twin", "_twin", "__start_rodata");
        assertThat(symbols.at(LINKED + OFFSET + 0x7f)).hasToString("Optional[atwin+0x7f]");
    }
}
