package io.inquest.kernel.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.symbol.SymbolTable;
import io.inquest.kernel.symbol.Symbols;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.MalformedBtf;
import io.inquest.testkit.BtfBuilder;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Lists of code as a kernel keeps them, written by hand.
final class RuntimeCodeTest {

    private static final long BPF = 0x1000;
    private static final long FTRACE = 0x1010;
    private static final long PROBES = 0x1020;
    private static final long CODE = 0xffff_ffff_c000_0000L;

    private final BtfBuilder btf = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final List<String> warnings = new ArrayList<>();

    RuntimeCodeTest() {
        int word = btf.integer("unsigned long", 8, 0);
        int pointer = btf.pointer(0);
        int text = btf.array(btf.integer("char", 1, BtfBuilder.CHAR), 32);
        int list = btf.struct("list_head", 16, btf.member("next", pointer, 0), btf.member("prev", pointer, 64));
        btf.struct(
                "bpf_ksym",
                64,
                btf.member("start", word, 0),
                btf.member("end", word, 64),
                btf.member("name", text, 128),
                btf.member("lnode", list, 384));
        btf.struct(
                "ftrace_ops",
                32,
                btf.member("trampoline", word, 0),
                btf.member("trampoline_size", word, 64),
                btf.member("list", list, 128));
        btf.struct(
                "kprobe_insn_cache",
                24,
                btf.member("sym", btf.pointer(btf.integer("char", 1, BtfBuilder.CHAR)), 0),
                btf.member("pages", list, 64));
        btf.struct("kprobe_insn_page", 24, btf.member("list", list, 0), btf.member("insns", pointer, 128));
        for (long head : new long[] {BPF, FTRACE, PROBES + 8}) {
            put(head, head, head);
        }
    }

    private void put(long address, long... words) {
        for (int i = 0; i < words.length; i++) {
            memory.put64(address + 8L * i, words[i]);
        }
    }

    private void text(long address, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            memory.put8(address + i, bytes[i]);
        }
    }

    private void program(long address, long start, long end, String name, long next) {
        put(address, start, end);
        text(address + 16, name);
        put(address + 48, next);
    }

    private Symbols symbols() {
        SymbolTable core = SymbolTable.of(
                "",
                List.of(
                        new Symbol("bpf_kallsyms", BPF, 16, 'd', ""),
                        new Symbol("ftrace_ops_trampoline_list", FTRACE, 16, 'd', ""),
                        new Symbol("kprobe_insn_slots", PROBES, 24, 'd', "")));
        return Symbols.of(core, "", List::of).withRuntimeCode(() -> code(core).tables());
    }

    private RuntimeCode code(SymbolTable core) {
        try {
            Types types = new Types(List.of(Btf.of("synthetic", btf.build(), ByteOrder.LITTLE_ENDIAN, 8)), 8);
            return new RuntimeCode(new FlatSpace(memory, 8), types, core, 4096, warnings::add);
        } catch (MalformedBtf impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String placeOf(Symbols symbols, long address) {
        return symbols.at(address).map(Object::toString).orElse("");
    }

    @Test
    void codeHasTheNamesAndTheOrderOfProcKallsyms() {
        put(BPF, 0x2030);
        program(0x2000, CODE + 0x40, CODE + 0x80, "bpf_prog_0123456789abcdef_one", 0x2130);
        program(0x2100, CODE + 0x100, CODE + 0x180, "bpf_prog_fedcba9876543210", BPF);
        put(FTRACE, 0x3010);
        put(0x3000, CODE + 0x1000, 0x90, FTRACE);
        put(PROBES, 0x4000, 0x4100);
        text(0x4000, "kprobe_insn_page");
        put(0x4100, PROBES + 8, 0, CODE + 0x2000);

        Symbols symbols = symbols();

        assertThat(placeOf(symbols, CODE + 0x7f)).isEqualTo("bpf_prog_0123456789abcdef_one+0x3f [bpf]");
        assertThat(placeOf(symbols, CODE + 0x80)).isEmpty();
        assertThat(placeOf(symbols, CODE + 0x100)).isEqualTo("bpf_prog_fedcba9876543210 [bpf]");
        assertThat(placeOf(symbols, CODE + 0x1004)).isEqualTo("ftrace_trampoline+0x4 [__builtin__ftrace]");
        assertThat(placeOf(symbols, CODE + 0x2fff)).isEqualTo("kprobe_insn_page+0xfff [__builtin__kprobes]");
        assertThat(placeOf(symbols, CODE + 0x3000)).isEmpty();
        assertThat(symbols.isRuntimeCode(CODE + 0x1004)).isTrue();
        assertThat(symbols.isRuntimeCode(CODE + 0x90)).isFalse();
        assertThat(symbols.find("ftrace_trampoline"))
                .contains(new Symbol("ftrace_trampoline", CODE + 0x1000, 0x90, 't', "__builtin__ftrace"));
        assertThat(symbols.inTableOrder().map(Symbol::module))
                .containsExactly("", "", "", "__builtin__ftrace", "bpf", "bpf", "__builtin__kprobes");
        assertThat(warnings).isEmpty();
    }

    @Test
    void kernelWithoutTheListsHasNoSuchCode() {
        assertThat(code(SymbolTable.empty("")).tables()).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void listThatIsCutGivesWhatWasFoundAndAWarning() {
        put(BPF, 0x2030);
        program(0x2000, CODE, CODE + 0x80, "bpf_prog_0123456789abcdef", 0x7000_0000);

        assertThat(placeOf(symbols(), CODE + 1)).isEqualTo("bpf_prog_0123456789abcdef+0x1 [bpf]");
        assertThat(warnings).singleElement().asString().contains("bpf_kallsyms").contains("no page at");
    }

    @Test
    void listThatComesBackGivesEachOnceAndAWarning() {
        put(BPF, 0x2030);
        program(0x2000, CODE, CODE + 0x80, "bpf_prog_0123456789abcdef", 0x2130);
        program(0x2100, CODE + 0x100, CODE + 0x180, "bpf_prog_fedcba9876543210", 0x2030);

        assertThat(symbols().inTableOrder().filter(symbol -> symbol.module().equals("bpf")))
                .hasSize(2);
        assertThat(warnings).singleElement().asString().contains("comes back");
    }

    @Test
    void codeThatEndsBeforeItBeginsIsLeftOut() {
        put(BPF, 0x2030);
        program(0x2000, CODE + 0x80, CODE, "bpf_prog_0123456789abcdef", BPF);

        assertThat(symbols().inTableOrder()).hasSize(3);
    }

    @Test
    void noiseNeverFails() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            for (long at = 0x2000; at < 0x2800; at += 8) {
                put(at, random.nextInt(3) == 0 ? random.nextLong() : 0x2000 + random.nextInt(0x800));
            }
            put(BPF, 0x2000 + random.nextInt(0x800));
            put(FTRACE, 0x2000 + random.nextInt(0x800));
            put(PROBES, 0x2000, 0x2000 + random.nextInt(0x800));

            symbols().stream().forEach(symbol -> assertThat(symbol.bytes()).isPositive());
        }
    }
}
