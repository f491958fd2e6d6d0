package io.inquest.dump.io;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputFilesTest {

    @TempDir
    private Path folder;

    private Path input = Path.of("");

    @BeforeEach
    void makeInput() throws IOException {
        input = Files.writeString(folder.resolve("input"), "precious");
    }

    private static void inCommand(ThrowingCallable command) throws Throwable {
        InputFiles.<@Nullable Void, Throwable>remember(() -> {
            command.call();
            return null;
        });
    }

    private void assertRefused(Path output) {
        assertThatThrownBy(() -> InputFiles.refuse(output))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith(output + ": is the input itself");
    }

    @Test
    void whatWasClosedAgainIsStillAnInput() throws Throwable {
        inCommand(() -> {
            FileSource.open(input).close();
            assertRefused(input);
        });
    }

    @Test
    void whatWasReplacedUnderItsNameIsNoInput() throws Throwable {
        inCommand(() -> {
            InputFiles.add(input);
            Path kept = Files.move(input, folder.resolve("kept"));
            InputFiles.refuse(Files.writeString(input, "another"));
            assertRefused(kept);
        });
    }

    @Test
    void theNextCommandMayWriteWhatThisOneRead() throws Throwable {
        inCommand(() -> InputFiles.add(input));
        inCommand(() -> InputFiles.refuse(input));
        assertThatCode(() -> InputFiles.refuse(input)).doesNotThrowAnyException();
    }

    @Test
    void aCommandInsideAnotherIsAPartOfIt() throws Throwable {
        inCommand(() -> {
            InputFiles.add(input);
            inCommand(() -> assertRefused(input));
            Path other = Files.writeString(folder.resolve("other"), "too");
            inCommand(() -> InputFiles.add(other));
            assertRefused(other);
        });
    }

    /// As the shell's `1<>output` opens it.
    @Test
    void whatTheProcessMayReadButTheCommandDoesNotIsNoInput() throws Throwable {
        try (FileChannel opened = FileChannel.open(input, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            inCommand(() -> InputFiles.refuse(input));
            assertThatCode(opened::size).doesNotThrowAnyException();
        }
    }

    @Test
    void devicesThatHoldNothingAreNoInputs() throws Throwable {
        inCommand(() -> {
            InputFiles.add(Path.of("/dev/zero"));
            InputFiles.add(folder);
            InputFiles.add(folder.resolve("missing"));
            InputFiles.refuse(Path.of("/dev/zero"));
            InputFiles.refuse(folder);
            InputFiles.refuse(folder.resolve("missing"));
        });
    }
}
