package io.inquest.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.CaptureCommand;
import io.inquest.makedumpfile.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class CaptureEntryTest {

    /// What the command says of a word behind the option, which is only looked at when the option is understood.
    private static String said(String option) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(InputStream.nullInputStream(), new ByteArrayOutputStream(), err);
        int status = CaptureCommand.run(new String[] {option, "value", "operand"}, streams);
        assertThat(status).isEqualTo(2);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theDeclaredOptionsAreThoseThatAreUnderstood() {
        List<String> declared = new CommandLine(new CaptureEntry())
                .getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .toList();
        assertThat(declared).containsExactlyInAnyOrder("--file", "--from", "--target", "--prepare", "--run");
        for (String option : declared) {
            assertThat(said(option)).as(option).contains("what is operand?");
        }
        assertThat(said("--nonsense")).contains("there is no option");
    }
}
