package io.inquest.kernel.arch.x86_64.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.arch.Disassembler;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.arch.Instruction.Flow;
import io.inquest.kernel.arch.Operand;
import io.inquest.kernel.arch.Operand.Access;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class X86DisassemblerTest {

    private final Disassembler disassembler = new X86Disassembler();

    /// A line of the corpus: what objdump makes of an instruction of a kernel.
    private record Line(long address, String hex, String text) {

        byte[] code() {
            return HexFormat.of().parseHex(hex);
        }
    }

    private static List<Line> corpus() throws IOException {
        List<Line> lines = new ArrayList<>();
        try (InputStream packed = X86DisassemblerTest.class.getResourceAsStream("objdump.tsv.gz");
                InputStream in = new GZIPInputStream(Objects.requireNonNull(packed))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] columns = line.split("\t", -1);
                    lines.add(new Line(Long.parseUnsignedLong(columns[0], 16), columns[1], columns[2]));
                }
            }
        }
        return lines;
    }

    private Instruction decode(String hex) {
        return disassembler.at(HexFormat.of().parseHex(hex), 0, 0x1000);
    }

    private static String spelled(Instruction instruction) {
        return instruction.text(Long::toHexString).replaceAll(" +", " ");
    }

    @Test
    void instructionsOfKernelsReadAsObjdumpWritesThem() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Line> corpus = corpus();
        for (Line line : corpus) {
            Instruction instruction = disassembler.at(line.code(), 0, line.address);
            if (instruction.length() != line.code().length
                    || !spelled(instruction).equals(line.text)) {
                wrong.add(line.hex + " " + line.text + " / " + spelled(instruction));
            }
        }
        assertThat(corpus).hasSizeGreaterThan(4000);
        assertThat(wrong).isEmpty();
    }

    @Test
    void cutInstructionsAreUnknown() throws IOException {
        for (Line line : corpus()) {
            for (int bytes = 0; bytes < line.code().length; bytes++) {
                Instruction cut = disassembler.at(Arrays.copyOf(line.code(), bytes), 0, line.address);
                // fwait is an instruction, and the beginning of others.
                assertThat(cut.isKnown()).as("%s cut to %d", line.text, bytes).isFalse();
            }
        }
    }

    @Test
    void randomBytesAreDecodedToTheirEnd() {
        byte[] code = new byte[200_000];
        new Random(7).nextBytes(code);
        int at = 0;
        int known = 0;
        while (at < code.length) {
            Instruction instruction = disassembler.at(code, at, at);
            assertThat(instruction.length()).isBetween(1, disassembler.longest());
            assertThat(instruction.text(Long::toHexString)).isNotEmpty();
            known += instruction.isKnown() ? 1 : 0;
            at += instruction.length();
        }
        assertThat(at).isEqualTo(code.length);
        assertThat(known).isGreaterThan(30_000);
    }

    @Test
    void prefixesWithoutEndAreNoInstruction() {
        assertThat(decode("66".repeat(20)).isKnown()).isFalse();
        assertThat(decode("66".repeat(15) + "90").isKnown()).isFalse();
    }

    @Test
    void placesInMemoryAreToldByTheirParts() {
        Instruction load = decode("65488b84c7100000f0"); // mov %gs:-0xffffff0(%rdi,%rax,8),%rax
        Operand.Memory memory = load.memory().orElseThrow();
        assertThat(memory.segment()).isEqualTo("gs");
        assertThat(memory.base()).isEqualTo("rdi");
        assertThat(memory.index()).isEqualTo("rax");
        assertThat(memory.scale()).isEqualTo(8);
        assertThat(memory.displacement()).isEqualTo(-0xffffff0);
        assertThat(memory.bytes()).isEqualTo(8);
        assertThat(memory.access()).isEqualTo(Access.READ);
        assertThat(memory.fixed()).isEmpty();
    }

    @Test
    void memoryAtADistanceFromTheInstructionHasAnAddress() {
        Instruction store = decode("48c705f00f000001000000"); // movq $0x1,0xff0(%rip)
        Operand.Memory memory = store.memory().orElseThrow();
        assertThat(memory.fixed()).hasValue(0x1000 + 11 + 0xff0);
        assertThat(memory.access()).isEqualTo(Access.WRITE);
        assertThat(store.text(address -> "<" + Long.toHexString(address) + ">"))
                .isEqualTo("movq   $0x1,0xff0(%rip)        # <1ffb>");
    }

    @Test
    void registersAreNamedInFull() {
        Instruction move = decode("88e0"); // mov %ah,%al
        assertThat(move.operands())
                .containsExactly(
                        new Operand.Register("%ah", Access.READ, "rax", 1),
                        new Operand.Register("%al", Access.WRITE, "rax", 1));
    }

    @Test
    void comparisonsWriteNothing() {
        assertThat(decode("48394728").operands()).extracting(Operand::access).containsExactly(Access.READ, Access.READ);
        assertThat(decode("488d4728").operands())
                .extracting(Operand::access)
                .containsExactly(Access.ADDRESS, Access.WRITE);
    }

    @Test
    void registersThatChangeUnsaidAreTold() {
        assertThat(decode("48f7f7").changes()).containsExactly("rax", "rdx");
        assertThat(decode("0f31").changes()).containsExactly("rax", "rdx");
        assertThat(decode("f348a5").changes()).contains("rsi", "rdi", "rcx");
    }

    @Test
    void jumpsTellWhereTheyLead() {
        assertThat(decode("e8fbffffff").target()).hasValue(0x1000);
        assertThat(decode("e8fbffffff").flow()).isEqualTo(Flow.CALL);
        assertThat(decode("7402").target()).hasValue(0x1004);
        assertThat(decode("7402").flow()).isEqualTo(Flow.BRANCH);
        assertThat(decode("ffe0").target()).isEmpty();
        assertThat(decode("ffe0").flow()).isEqualTo(Flow.JUMP);
        assertThat(decode("c3").flow()).isEqualTo(Flow.RETURN);
        assertThat(decode("0f0b").flow()).isEqualTo(Flow.NEXT);
    }
}
