package io.inquest.makedumpfile.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GetoptTest {

    private static final List<Getopt.Syntax<String>> SYNTAX = List.of(
            new Getopt.Syntax<>("all", 'a', "all", false, true),
            new Getopt.Syntax<>("file", 'f', "file", true, true),
            new Getopt.Syntax<>("filter", '\0', "filter", true, true),
            new Getopt.Syntax<>("ours", '\0', "filthy", false, false));

    private static Getopt.Parsed<String> parse(String... words) {
        return Getopt.parse(SYNTAX, words, Getopt.Ordering.MIXED);
    }

    @Test
    void optionsAndOperandsMix() {
        Getopt.Parsed<String> parsed = parse("x", "-a", "y", "-f", "z", "w");

        assertThat(parsed.operands()).containsExactly("x", "y", "w");
        assertThat(parsed.options()).containsExactly(new Getopt.Given<>("all", ""), new Getopt.Given<>("file", "z"));
    }

    @Test
    void firstOperandEndsOptionsWhereTheEnvironmentSaysSo() {
        Getopt.Parsed<String> parsed =
                Getopt.parse(SYNTAX, new String[] {"-a", "x", "-f", "z"}, Getopt.Ordering.OPTIONS_FIRST);

        assertThat(parsed.options()).hasSize(1);
        assertThat(parsed.operands()).containsExactly("x", "-f", "z");
    }

    @Test
    void doubleDashEndsOptions() {
        assertThat(parse("-a", "--", "-f", "--all").operands()).containsExactly("-f", "--all");
    }

    @Test
    void singleDashIsAnOperand() {
        assertThat(parse("-").operands()).containsExactly("-");
    }

    @Test
    void clusteredLetterTakesTheRestAsItsArgument() {
        assertThat(parse("-aafx").options())
                .containsExactly(
                        new Getopt.Given<>("all", ""), new Getopt.Given<>("all", ""), new Getopt.Given<>("file", "x"));
    }

    @Test
    void argumentMayLookLikeAnOption() {
        assertThat(parse("-f", "-a", "--file", "--").options())
                .containsExactly(new Getopt.Given<>("file", "-a"), new Getopt.Given<>("file", "--"));
    }

    @Test
    void exactNameWinsOverLongerOnes() {
        assertThat(parse("--file=", "--filte=q").options())
                .containsExactly(new Getopt.Given<>("file", ""), new Getopt.Given<>("filter", "q"));
    }

    @Test
    void nameThatMustBeWholeIsNeitherAbbreviatedNorAmbiguous() {
        assertThat(parse("--filt=x").options()).containsExactly(new Getopt.Given<>("filter", "x"));
        assertThat(parse("--filth").mistake()).isEqualTo("unrecognized option '--filth'");
        assertThat(parse("--filthy").options()).containsExactly(new Getopt.Given<>("ours", ""));
    }

    @Test
    void optionsBeforeAMistakeAreGiven() {
        Getopt.Parsed<String> parsed = parse("-a", "--fil=x", "-a");

        assertThat(parsed.options()).hasSize(1);
        assertThat(parsed.mistake()).isEqualTo("option '--fil=x' is ambiguous; possibilities: '--file' '--filter'");
    }
}
