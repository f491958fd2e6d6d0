package io.inquest.cli.kdump;

import io.inquest.capture.storage.raw.RawDevice;
import io.inquest.capture.storage.raw.RawEntry;
import io.inquest.capture.storage.raw.RawEntry.State;
import io.inquest.cli.ExitCode;
import io.inquest.output.ByteSize;
import io.inquest.output.Table;
import io.inquest.output.Table.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest kdump list`.
@Command(
        name = "list",
        header = "Lists the crashes on a raw device.",
        description =
                "Shows each file of each crash that the device's index names. The exit code is 3 when there is none.")
final class ListCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DEVICE", description = "The partition, or an image of one.")
    private Path device = Path.of("");

    @Spec
    private CommandSpec spec;

    ListCommand() {}

    @Override
    public Integer call() throws IOException {
        try (RawDevice opened = RawDevice.open(device)) {
            Table table = Table.of(
                    Column.words("CRASH"), Column.words("FILE"), Column.numbers("SIZE"), Column.words("STATE"));
            for (RawEntry entry : opened.index().entries()) {
                String state = entry.state() == State.WHOLE ? "whole" : "unfinished";
                table.row(entry.folder(), entry.name(), ByteSize.format(entry.bytes()), state);
            }
            opened.dumpWithoutIndex()
                    .ifPresent(dump -> table.row("(of another program)", dump.name(), "", "not in an index"));
            table.writeTo(spec.commandLine().getOut());
            boolean isEmpty = opened.index().entries().isEmpty()
                    && opened.dumpWithoutIndex().isEmpty();
            return isEmpty ? ExitCode.INCOMPLETE : ExitCode.OK;
        }
    }
}
