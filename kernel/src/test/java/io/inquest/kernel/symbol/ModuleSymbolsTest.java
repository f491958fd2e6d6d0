package io.inquest.kernel.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KallsymsBuilder;
import io.inquest.testkit.ModuleSymbolsBuilder;
import io.inquest.testkit.ModuleSymbolsBuilder.Letters;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.VmcoreInfoBuilder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModuleSymbolsTest {

    private static final long CODE = 0xffff_ffff_c020_0000L;
    private static final long DATA = CODE + 0x8000;
    private static final long SYMTAB = CODE + 0x10000;
    private static final long TYPETAB = CODE + 0x14000;
    private static final long STRINGS_END = CODE + 0x19000;

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);

    private SymbolTable read(int wordBytes, Letters letters) throws IOException {
        ModuleSymbolsBuilder builder = new ModuleSymbolsBuilder(memory, wordBytes)
                .letters(letters)
                .symbol('d', address(DATA, wordBytes), "table")
                .symbol('t', address(CODE, wordBytes), "init_module")
                .symbol('t', address(CODE + 0x40, wordBytes), "zram_open")
                .symbol('t', address(CODE, wordBytes), "zram_init");
        long strings = builder.write(SYMTAB, STRINGS_END, TYPETAB);
        ModuleSymtab symtab =
                new ModuleSymtab(SYMTAB, builder.count(), strings, letters == Letters.IN_TABLE ? TYPETAB : 0);
        return new ModuleSymbols(new FlatSpace(memory, wordBytes), symtab)
                .read(
                        "zram",
                        (name, address) -> name.equals("zram_open"),
                        address(CODE + 0x100, wordBytes),
                        address(DATA + 0x100, wordBytes));
    }

    private static long address(long address, int wordBytes) {
        return wordBytes == 8 ? address : address & 0xffff_ffffL;
    }

    @ParameterizedTest
    @CsvSource({"8, IN_TABLE", "8, IN_SIZE", "8, IN_INFO", "4, IN_TABLE", "4, IN_SIZE", "4, IN_INFO"})
    void symbolsOfEveryEraHaveTheirLettersCapitalWhenExported(int wordBytes, Letters letters) throws IOException {
        SymbolTable symbols = read(wordBytes, letters);

        assertThat(symbols.stream().map(s -> s.type() + " " + s.name()))
                .containsExactly("t init_module", "t zram_init", "T zram_open", "d table");
    }

    @Test
    void lastSymbolOfAPieceEndsWithIt() throws IOException {
        SymbolTable symbols = read(8, Letters.IN_TABLE);

        assertThat(symbols.find("zram_open")).map(Symbol::bytes).contains(0xc0L);
        assertThat(symbols.at(CODE + 0x48)).hasToString("Optional[zram_open+0x8 [zram]]");
        assertThat(symbols.at(CODE + 0x100)).isEmpty();
        assertThat(symbols.at(CODE)).hasToString("Optional[init_module [zram]]");
    }

    @Test
    void stringsAreNotReadBeyondTheirEnd() throws IOException {
        SymbolTable symbols = read(8, Letters.IN_TABLE);

        assertThat(memory.pages()).doesNotContainKey(STRINGS_END >>> 12);
        assertThat(symbols.size()).isEqualTo(4);
    }

    @Test
    void absurdNumbersAreTold() {
        FlatSpace space = new FlatSpace(memory, 8);

        assertThatThrownBy(() -> new ModuleSymbols(space, new ModuleSymtab(SYMTAB, -1, STRINGS_END, 0))
                        .read("zram", (name, address) -> false))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("num_symtab of module zram is 4294967295");
    }

    @Test
    void allSymbolsAreAskedTheKernelsFirst() throws IOException {
        VmcoreInfoBuilder info = new VmcoreInfoBuilder().symbol("_stext", 0xffff_ffff_8100_0000L);
        new KallsymsBuilder(memory, 0xffff_ffff_8200_0000L)
                .symbol('T', 0xffff_ffff_8100_0000L, "_stext")
                .symbol('t', 0xffff_ffff_8100_0040L, "init_module")
                .build()
                .tell(info);
        SymbolTable zram = read(8, Letters.IN_TABLE);
        List<ModuleTable.Piece> pieces =
                List.of(new ModuleTable.Piece(DATA, 0x100), new ModuleTable.Piece(CODE, 0x100));

        Symbols symbols = Symbols.open(
                new FlatSpace(memory, 8),
                VmcoreInfo.parse(info.build()),
                () -> List.of(new ModuleTable(pieces, () -> zram)));

        assertThat(symbols.find("init_module")).map(Symbol::module).contains("");
        assertThat(symbols.all("init_module")).extracting(Symbol::module).containsExactly("", "zram");
        assertThat(symbols.address("table")).hasValue(DATA);
        assertThat(symbols.at(CODE + 0x44)).hasToString("Optional[zram_open+0x4 [zram]]");
        assertThat(symbols.at(DATA + 0x44)).hasToString("Optional[table+0x44 [zram]]");
        assertThat(symbols.at(DATA + 0x100)).isEmpty();
        assertThat(symbols.startingWith("zram_")).containsExactly("zram_init", "zram_open");
        assertThat(symbols.stream()).hasSize(6);
        assertThat(symbols.find("table").flatMap(symbols::previous))
                .hasToString("Optional[" + zram.find("zram_open").orElseThrow() + "]");
        assertThat(symbols.find("_stext").flatMap(symbols::next))
                .map(Symbol::module)
                .contains("");
    }
}
