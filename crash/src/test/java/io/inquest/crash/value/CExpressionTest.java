package io.inquest.crash.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.kernel.type.ArrayType;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CExpressionTest {

    private final TinyMemory memory = new TinyMemory();

    CExpressionTest() {
        memory.define("init", memory.task, 0)
                .define("table", new ArrayType(() -> TinyMemory.INT, 4), 128)
                .define("head", memory.pointerTo(memory.task), 256);
        memory.page.putInt(0, 41);
        memory.page.putInt(128, 10).putInt(132, 11).putInt(136, -1);
        memory.page.putLong(256, TinyMemory.BASE);
        memory.page.putLong(16, TinyMemory.BASE + 16);
    }

    private long number(String text) {
        return CExpression.evaluate(memory, text).number();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "1 + 2 * 3; 7",
                "(1 + 2) * 3; 9",
                "10 / 3; 3",
                "-10 / 3; -3",
                "10 % 4; 2",
                "1 << 4; 16",
                "-16 >> 2; -4",
                "0xff & 0x0f; 15",
                "5 ^ 1; 4",
                "6 & 3; 2",
                "4 | 1; 5",
                "~0; -1",
                "!5; 0",
                "1 < 2; 1",
                "-1 < 0u; 0",
                "2 == 2 && 3 != 4; 1",
                "0 || 0; 0",
                "1 ? 2 : 3; 2",
                "0 ? 2 : 0 ? 4 : 5; 5",
                "'a'; 97",
                "'\\n'; 10",
                "017; 15",
                "0xffffffffu + 1; 0",
                "0xffffffff + 1l; 4294967296",
                "(pid_t)0x1ffffffff; -1",
                "(unsigned char)257; 1",
                "(short)-2; -2",
                "sizeof(struct list_head); 16",
                "sizeof(int); 4",
                "sizeof init; 64",
                "GONE; 2",
                "init.pid; 41",
                "head->pid + 1; 42",
                "head.pid; 41",
                "(*head).pid; 41",
                "table[1]; 11",
                "*(table + 1); 11",
                "&table[3] - &table[1]; 2",
                "*&init.pid; 41",
                "((struct task *)&init)->pid; 41",
                "init.tasks.next == &init.tasks; 1",
                "(long)&((struct task *)0)->tasks; 16",
                "&init; -2130706432",
            })
    void valuesAreThoseOfC(String text, long expected) {
        assertThat(number(text)).isEqualTo(expected);
    }

    @Test
    void atMakesAnArray() {
        assertThat(text("*table@3")).isEqualTo("{10, 11, -1}");
    }

    @Test
    void pointersComeWithTheirType() {
        assertThat(text("&init")).isEqualTo("(struct task *) 0xffffffff81000000");
        assertThat(text("init.tasks.next")).isEqualTo("(struct list_head *) 0xffffffff81000010");
        assertThat(text("(char *)&init.comm")).isEqualTo("0xffffffff81000008 \"\"");
    }

    private String text(String expression) {
        return new ValueText(false, AddressNames.NONE, 256).answer(CExpression.evaluate(memory, expression));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 +",
                "(1",
                "1 2",
                "nothing",
                "init.nothing",
                "init + 1",
                "1/0",
                "5[2]",
                "*5",
                "&5",
                "init->pid->pid",
                "08",
                "'ab",
                "table[",
                "(struct task)5",
                "1 ? 2",
                "$1",
                "*table@0",
                "->",
                "\"abc\""
            })
    void whatHasNoValueIsRefusedInOneSentence(String text) {
        assertThatThrownBy(() -> number(text)).isInstanceOf(ExpressionException.class);
    }

    @Test
    void deepNestingEndsWithASentence() {
        assertThatThrownBy(() -> number("(".repeat(5000) + "1")).isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> number("-".repeat(5000) + "1")).isInstanceOf(ExpressionException.class);
    }

    @Test
    void anyTextHasAValueOrIsRefused() {
        Random random = new Random(7);
        String signs = "()[]{}*&->.<>=!~^|%+/?:@ '\"$0123456789abcinithead";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            try {
                text(text.toString());
            } catch (ExpressionException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            } catch (io.inquest.dump.MemoryFault unreadable) {
                assertThat(unreadable.getMessage()).isNotEmpty();
            }
        }
    }
}
