package io.inquest.crash.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.crash.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeclarationTest {

    private static final Option ALL = Option.flag("a", "all");
    private static final Option FULL = Option.flag("F", "full");
    private static final Option CPUS = Option.value("C", "cpus", "only these");
    private static final Option SIXTEEN = Option.flag("16", "in halfwords");
    private static final Declaration DECLARATION =
            Declaration.of("try", "a try").options(ALL, FULL, CPUS, SIXTEEN).takes("pid", 0, 2);

    private static Arguments parse(String... words) {
        return DECLARATION.parse(List.of(words));
    }

    @Test
    void lettersMayStandTogetherAndAnywhere() {
        Arguments arguments = parse("1", "-aFF", "2");
        assertThat(arguments.has(ALL)).isTrue();
        assertThat(arguments.count(FULL)).isEqualTo(2);
        assertThat(arguments.has(CPUS)).isFalse();
        assertThat(arguments.words()).containsExactly("1", "2");
    }

    @Test
    void aValueIsAttachedOrTheNextWord() {
        assertThat(parse("-C", "0,2").value(CPUS)).contains("0,2");
        assertThat(parse("-aC0,2").value(CPUS)).contains("0,2");
        assertThatThrownBy(() -> parse("-C")).isInstanceOf(UsageException.class).hasMessageContaining("cpus");
    }

    @Test
    void aValueThatMayLackStandsBehindAnEqualsSign() {
        Option slabs = Option.flagOrValue("S", "cpus", "slabs");
        Declaration declaration =
                Declaration.of("try", "a try").options(ALL, slabs).takes("name", 0, 1);
        assertThat(declaration.parse(List.of("-S=0,2", "x")).value(slabs)).contains("0,2");
        Arguments without = declaration.parse(List.of("-aS", "x"));
        assertThat(without.has(slabs)).isTrue();
        assertThat(without.value(slabs)).contains("");
        assertThat(without.words()).containsExactly("x");
        assertThat(declaration.synopsis()).isEqualTo("try [-a] [-S[=cpus]] [name]");
    }

    @Test
    void aWordMayBeAnOptionAndANegativeNumberIsNone() {
        assertThat(parse("-16").has(SIXTEEN)).isTrue();
        assertThat(parse("-17").words()).containsExactly("-17");
    }

    @Test
    void twoDashesEndTheOptions() {
        assertThat(parse("--", "-a").words()).containsExactly("-a");
    }

    @Test
    void everyCommandCanAnswerInJson() {
        assertThat(parse("--json").has(Option.JSON)).isTrue();
    }

    @Test
    void mistakesTellHowTheCommandIsWritten() {
        assertThatThrownBy(() -> parse("-z")).isInstanceOf(UsageException.class).hasMessage("""
            invalid option -- 'z'
            Usage: try [-aF] [-C cpus] [-16] [pid]...
            Enter "help try" for details.\
            """);
        assertThatThrownBy(() -> parse("1", "2", "3")).hasMessageStartingWith("invalid argument: 3");
    }

    @Test
    void everyNameInTheListIsThatOfItsCommand() {
        assertThat(AllCommands.names()).doesNotHaveDuplicates().allSatisfy(name -> {
            Declaration declaration = AllCommands.find(name).orElseThrow().declaration();
            assertThat(declaration.name()).isEqualTo(name);
            assertThat(declaration.summary()).isNotEmpty().doesNotEndWith(".");
            assertThat(declaration.options()).doesNotHaveDuplicates();
        });
    }
}
