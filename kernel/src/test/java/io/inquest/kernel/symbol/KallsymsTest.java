package io.inquest.kernel.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KallsymsBuilder;
import io.inquest.testkit.KallsymsBuilder.Addresses;
import io.inquest.testkit.KallsymsBuilder.Order;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.VmcoreInfoBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class KallsymsTest {

    private static final long TEXT = 0xffff_ffff_9a00_0000L;
    private static final long TABLES = TEXT + (8 << 20);
    private static final String LONG_NAME = "_RNv".repeat(50);

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final VmcoreInfoBuilder info =
            new VmcoreInfoBuilder().symbol("_stext", TEXT).symbol("init_uts_ns", TEXT + 0x8000);

    /// Eras of kernels, with what was new in each.
    static Stream<Arguments> eras() {
        return Stream.of(
                era(
                        "4.4",
                        "absolute",
                        b -> b.addresses(Addresses.ABSOLUTE)
                                .order(Order.ADDRESSES_FIRST)
                                .longMarkers()
                                .shortLengths()
                                .withoutSeqs()),
                era(
                        "4.19",
                        "base-relative, signed",
                        b -> b.order(Order.ADDRESSES_FIRST)
                                .longMarkers()
                                .shortLengths()
                                .withoutSeqs()),
                era(
                        "5.10",
                        "base-relative, signed",
                        b -> b.order(Order.ADDRESSES_FIRST).shortLengths().withoutSeqs()),
                era("6.1", "base-relative, signed", b -> b.order(Order.ADDRESSES_FIRST)),
                era(
                        "6.3 arm64",
                        "base-relative",
                        b -> b.addresses(Addresses.BASE_RELATIVE).order(Order.ADDRESSES_FIRST)),
                era("6.10 absolute", "absolute", b -> b.addresses(Addresses.ABSOLUTE)),
                era("6.12", "base-relative, signed", b -> b),
                era("6.15", "base-relative", b -> b.addresses(Addresses.BASE_RELATIVE)),
                era(
                        "7.2",
                        "place-relative",
                        b -> b.addresses(Addresses.PLACE_RELATIVE).alignment(4)));
    }

    private static Arguments era(String name, String encoding, UnaryOperator<KallsymsBuilder> shape) {
        return Arguments.of(Named.of(name, shape), encoding);
    }

    /// Some 700 symbols: per-CPU ones in front where the form allows them, equal names, equal addresses, a long name.
    private KallsymsBuilder builder(UnaryOperator<KallsymsBuilder> shape, boolean perCpu) {
        KallsymsBuilder builder = shape.apply(new KallsymsBuilder(memory, TABLES));
        if (perCpu) {
            builder.symbol('A', 0, "fixed_percpu_data").symbol('A', 0x19a10, "cpu_sibling_map");
        }
        builder.symbol('T', TEXT, "_text").symbol('T', TEXT, "_stext");
        for (int i = 1; i <= 700; i++) {
            builder.symbol(i % 3 == 0 ? 't' : 'T', TEXT + 32L * i, i % 50 == 0 ? "init_once" : "do_sys_" + i);
        }
        return builder.symbol('D', TEXT + 0x8000, "init_uts_ns")
                .symbol('t', TEXT + 0xa000, LONG_NAME)
                .symbol('B', TEXT + (2 << 20), "_end");
    }

    private SymbolTable open(KallsymsBuilder builder) throws IOException {
        builder.build().tell(info);
        return Kallsyms.open(new FlatSpace(memory, 8), VmcoreInfo.parse(info.build()))
                .symbols();
    }

    @ParameterizedTest
    @MethodSource("eras")
    void everyEraTellsTheSameSymbols(UnaryOperator<KallsymsBuilder> shape, String encoding) throws IOException {
        boolean perCpu = encoding.endsWith("signed");
        builder(shape, perCpu).build().tell(info);

        Kallsyms kallsyms = Kallsyms.open(new FlatSpace(memory, 8), VmcoreInfo.parse(info.build()));
        SymbolTable symbols = kallsyms.symbols();

        assertThat(kallsyms.source()).isEqualTo("kallsyms (vmcoreinfo, " + encoding + ")");
        assertThat(symbols.size()).isEqualTo(perCpu ? 707 : 705);
        assertThat(symbols.find("do_sys_7")).contains(new Symbol("do_sys_7", TEXT + 32 * 7, 32, 'T', ""));
        assertThat(symbols.address(LONG_NAME)).hasValue(TEXT + 0xa000);
        assertThat(symbols.all("init_once"))
                .hasSize(14)
                .isSortedAccordingTo((a, b) -> Long.compareUnsigned(a.address(), b.address()));
        assertThat(symbols.find("init_once"))
                .hasValueSatisfying(s -> assertThat(s.address()).isEqualTo(TEXT + 32 * 50));
        assertThat(symbols.find("do_sys_701")).isEmpty();
        if (perCpu) {
            assertThat(symbols.find("cpu_sibling_map")).contains(new Symbol("cpu_sibling_map", 0x19a10, 0, 'A', ""));
            assertThat(symbols.at(0x19a18)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("eras")
    void everyEraIsFoundInAnImageThatDoesNotTellWhere(UnaryOperator<KallsymsBuilder> shape, String encoding)
            throws IOException {
        builder(shape, encoding.endsWith("signed")).build();

        Kallsyms kallsyms = Kallsyms.open(new FlatSpace(memory, 8), VmcoreInfo.parse(info.build()));

        assertThat(kallsyms.source()).isEqualTo("kallsyms (found by scan, " + encoding + ")");
        assertThat(kallsyms.symbols().address("do_sys_699")).hasValue(TEXT + 32 * 699);
    }

    @Test
    void imageWithoutKallsymsIsToldAsSuch() {
        memory.reserve(TABLES, 1 << 20);

        assertThatThrownBy(() -> Kallsyms.open(new FlatSpace(memory, 8), VmcoreInfo.parse(info.build())))
                .isInstanceOf(DumpException.class)
                .hasMessage("vmcoreinfo does not say where kallsyms is; none is in the kernel image from "
                        + "0xffffffff9a000000 on, either");
    }

    @Test
    void addressIsOfTheFirstSymbolOfTheTableAtTheNearestAddressBelow() throws IOException {
        SymbolTable symbols = open(builder(b -> b, false));

        assertThat(symbols.at(TEXT)).hasToString("Optional[_text]");
        assertThat(symbols.at(TEXT + 31)).hasToString("Optional[_text+0x1f]");
        assertThat(symbols.at(TEXT + 32)).hasToString("Optional[do_sys_1]");
        assertThat(symbols.at(TEXT - 1)).isEmpty();
        assertThat(symbols.at(TEXT + (2 << 20))).hasToString("Optional[_end]");
        assertThat(symbols.at(TEXT + (96 << 20))).isEmpty();
        assertThat(symbols.at(0)).isEmpty();
    }

    @Test
    void gapBetweenPartsOfTheImageIsNoSymbols() throws IOException {
        SymbolTable symbols = open(new KallsymsBuilder(memory, TABLES)
                .symbol('T', TEXT, "_stext")
                .symbol('T', TEXT + (1 << 20), "last")
                .symbol('D', TEXT + (96 << 20), "data"));

        assertThat(symbols.find("last")).map(Symbol::bytes).contains(0L);
        assertThat(symbols.at(TEXT + (1 << 20))).hasToString("Optional[last]");
        assertThat(symbols.at(TEXT + (1 << 20) + 1)).isEmpty();
    }

    @Test
    void neighboursFollowTheOrderOfAddresses() throws IOException {
        SymbolTable symbols = open(builder(b -> b, false));
        Symbol second = symbols.find("_stext").orElseThrow();

        assertThat(symbols.previous(second)).map(Symbol::name).contains("_text");
        assertThat(symbols.next(second)).map(Symbol::name).contains("do_sys_1");
        assertThat(symbols.previous(symbols.find("_text").orElseThrow())).isEmpty();
        assertThat(symbols.next(symbols.find("_end").orElseThrow())).isEmpty();
        assertThat(symbols.between(TEXT, TEXT + 33))
                .extracting(Symbol::name, Symbol::address)
                .containsExactly(tuple("_text", TEXT), tuple("_stext", TEXT), tuple("do_sys_1", TEXT + 32));
    }

    @Test
    void namesAreCompletedAndSearched() throws IOException {
        SymbolTable symbols = open(builder(b -> b, false));

        assertThat(symbols.startingWith("do_sys_69"))
                .containsExactly(
                        "do_sys_69",
                        "do_sys_690",
                        "do_sys_691",
                        "do_sys_692",
                        "do_sys_693",
                        "do_sys_694",
                        "do_sys_695",
                        "do_sys_696",
                        "do_sys_697",
                        "do_sys_698",
                        "do_sys_699");
        assertThat(symbols.startingWith("init")).containsExactly("init_once", "init_uts_ns");
        assertThat(symbols.containing("ys_13")).hasSize(11);
        assertThat(symbols.containing("_stext")).hasSize(1);
    }

    @Test
    void bigEndianMachineOf32BitWordsIsRead() throws IOException {
        SyntheticMemory big = new SyntheticMemory(ByteOrder.BIG_ENDIAN);
        long text = 0xc000_0000L;
        new KallsymsBuilder(big, 0xc010_0000L)
                .wordBytes(4)
                .order(Order.ADDRESSES_FIRST)
                .addresses(Addresses.BASE_RELATIVE)
                .symbol('T', text, "_stext")
                .symbol('t', text + 64, "do_one")
                .build()
                .tell(info);
        String note = info.build().replace(Long.toHexString(TEXT), Long.toHexString(text));

        SymbolTable symbols =
                Kallsyms.open(new FlatSpace(big, 4), VmcoreInfo.parse(note)).symbols();

        assertThat(symbols.address("do_one")).hasValue(text + 64);
    }

    @Test
    void symbolOfAnotherKernelIsToldByItsAddress() {
        builder(b -> b, true).build().tell(info);
        String other =
                info.build().replace("SYMBOL(_stext)=" + Long.toHexString(TEXT), "SYMBOL(_stext)=ffffffff81000000");

        assertThatThrownBy(() -> Kallsyms.open(new FlatSpace(memory, 8), VmcoreInfo.parse(other)))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("_stext")
                .hasMessageContaining("0xffffffff81000000");
    }

    @Test
    void tablesOutOfReachAreNamed() {
        builder(b -> b, true).build().tell(info);
        memory.pages().remove(TABLES >>> 12);

        assertThatThrownBy(() -> Kallsyms.open(new FlatSpace(memory, 8), VmcoreInfo.parse(info.build())))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith("kallsyms cannot be read");
    }

    @Test
    void everyPageThatIsMissingIsToldOrNotNeeded() {
        KallsymsBuilder builder = builder(b -> b, true).build().tell(info);
        for (long page = TABLES >>> 12; page <= builder.end() >>> 12; page++) {
            byte[] kept = Objects.requireNonNull(memory.pages().remove(page));
            openOrTell();
            memory.pages().put(page, kept);
        }
    }

    /// Block 1 of three is broken: `do_sys_7` is in the first, `do_sys_690` in the last.
    @Test
    void aWrongByteCostsTheNamesOfItsBlockOnly() throws IOException {
        builder(b -> b, false).build().tell(info);
        VmcoreInfo note = VmcoreInfo.parse(info.build());
        long names = note.symbol("kallsyms_names").orElseThrow();
        SymbolTable whole = Kallsyms.open(new FlatSpace(memory, 8), note).symbols();
        long record300 = names;
        for (int i = 0; i < 300; i++) {
            record300 += 1 + byteAt(record300);
        }
        page(record300)[(int) record300 & 4095] ^= 5;

        Kallsyms damaged = Kallsyms.open(new FlatSpace(memory, 8), note);

        assertThat(damaged.source()).endsWith(", 256 of " + whole.size() + " names lost to damage)");
        for (String name : List.of("do_sys_7", "do_sys_690", "_stext", "init_uts_ns")) {
            assertThat(damaged.symbols().address(name)).as(name).isEqualTo(whole.address(name));
        }
        assertThat(damaged.symbols().find("do_sys_301")).isEmpty();
        assertThat(damaged.symbols().at(TEXT + 32 * 301).orElseThrow().toString())
                .isEqualTo("(name lost)");
    }

    private byte[] page(long address) {
        return Objects.requireNonNull(memory.pages().get(address >>> 12));
    }

    private int byteAt(long address) {
        return page(address)[(int) address & 4095];
    }

    @Test
    void flippedBytesAreToldOrDoNotMatter() {
        KallsymsBuilder builder = builder(b -> b, true).build().tell(info);
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            long at = TABLES + random.nextLong(builder.end() - TABLES);
            byte[] page = Objects.requireNonNull(memory.pages().get(at >>> 12));
            int bit = 1 << random.nextInt(8);
            page[(int) at & 4095] ^= (byte) bit;
            openOrTell();
            page[(int) at & 4095] ^= (byte) bit;
        }
    }

    /// Either there are symbols that can be asked, or a sentence says why not.
    private void openOrTell() {
        FlatSpace space = new FlatSpace(memory, 8);
        try {
            VmcoreInfo note = VmcoreInfo.parse(info.build());
            KallsymsTables tables = KallsymsTables.of(note, space).orElseThrow();
            SymbolTable symbols = Kallsyms.read(space, tables, note).symbols();
            assertThat(symbols.stream().filter(s -> s.name().length() > SymbolNames.MAX_BYTES))
                    .isEmpty();
            symbols.find("do_sys_7");
            symbols.at(TEXT + 100);
        } catch (MemoryFault missing) {
            assertThat(missing.getMessage()).isNotBlank();
        } catch (IOException told) {
            assertThat(told).isInstanceOf(DumpException.class);
            assertThat(told.getMessage()).isNotBlank();
        }
    }

    @Test
    void hashesOfTokensAreThoseOfTheNames() throws IOException {
        SymbolTable byHashes = open(builder(b -> b.withoutSeqs(), true));
        List<String> names = byHashes.stream().map(Symbol::name).distinct().toList();

        assertThat(names)
                .allSatisfy(name -> assertThat(byHashes.all(name))
                        .containsExactlyElementsOf(byHashes.stream()
                                .filter(s -> s.name().equals(name))
                                .toList()));
        assertThat(byHashes.all("nothing")).isEmpty();
    }

    @Test
    void exampleOfTheFormatPageIsTrue() throws IOException {
        String example = "05 54 1f 6f 6e 65";
        byte[] record = HexFormat.ofDelimiter(" ").parseHex(example);
        StringBuilder table = new StringBuilder();
        ByteBuffer index = ByteBuffer.allocate(TokenTable.INDEX_BYTES);
        for (int token = 0; token < TokenTable.TOKENS; token++) {
            index.putShort((short) table.length());
            table.append(token == 0x1f ? "do_" : token > ' ' ? String.valueOf((char) token) : "")
                    .append('\0');
        }
        TokenTable tokens = TokenTable.parse(SymbolNames.bytes(table.toString()), index.flip());

        KallsymsNames names = new KallsymsNames(
                record, new NameRecords(LengthForm.ONE_OR_TWO_BYTES, new int[] {0, 6}, 6, new BitSet()), tokens);

        assertThat(names.type(0)).isEqualTo('T');
        assertThat(names.name(0)).isEqualTo("do_one");
        assertThat(Files.readString(Path.of("..", "docs", "formats", "kallsyms.md")))
                .contains("`" + example + "`");
    }
}
