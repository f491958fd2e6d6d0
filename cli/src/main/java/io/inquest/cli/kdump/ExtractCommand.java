package io.inquest.cli.kdump;

import io.inquest.capture.storage.raw.RawDevice;
import io.inquest.capture.storage.raw.RawEntry;
import io.inquest.capture.storage.raw.RawExtraction;
import io.inquest.capture.storage.raw.RawExtraction.Extracted;
import io.inquest.cli.ExitCode;
import io.inquest.dump.DumpException;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest kdump extract`.
@Command(
        name = "extract",
        header = "Copies the crashes on a raw device to folders.",
        description = {
            "Each crash gets the folder in DIR that it would have on a file system. A dump that another program left at the"
                    + " device's begin, as kdump-utils does, is found as well. The device stays as it is.",
            "The exit code is 3 when a file is damaged or not whole, and 1 when there is none."
        })
final class ExtractCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DEVICE", description = "The partition, or an image of one.")
    private Path device = Path.of("");

    @Parameters(index = "1", paramLabel = "DIR", description = "Where the folders are made.")
    private Path folder = Path.of("");

    @Option(names = "--crash", paramLabel = "NAME", description = "Only this one, as list names it; may be repeated.")
    private List<String> crashes = List.of();

    @Spec
    private CommandSpec spec;

    ExtractCommand() {}

    @Override
    public Integer call() throws IOException {
        try (RawDevice opened = RawDevice.open(device)) {
            RawExtraction extraction = new RawExtraction(opened, folder);
            Optional<RawEntry> alone = opened.dumpWithoutIndex();
            if (alone.isPresent()) {
                return tell(extraction.extractWithoutIndex(alone.get())) ? ExitCode.OK : ExitCode.INCOMPLETE;
            }
            boolean whole = true;
            for (String crash : chosen(opened)) {
                whole &= tell(extraction.extract(crash));
            }
            return whole ? ExitCode.OK : ExitCode.INCOMPLETE;
        }
    }

    private List<String> chosen(RawDevice opened) throws DumpException {
        List<String> there = opened.index().folders();
        for (String crash : crashes) {
            if (!there.contains(crash)) {
                throw new DumpException(device + ": has no crash " + crash + "; inquest kdump list names them");
            }
        }
        if (there.isEmpty()) {
            throw new DumpException(device + ": has no crash, neither in an index nor at its begin");
        }
        return crashes.isEmpty() ? there : crashes;
    }

    private boolean tell(Extracted extracted) {
        for (String file : extracted.files()) {
            spec.commandLine()
                    .getOut()
                    .println(SafeText.line(extracted.folder().resolve(file).toString()));
        }
        spec.commandLine().getOut().flush();
        for (String problem : extracted.problems()) {
            spec.commandLine().getErr().println("inquest: " + SafeText.line(extracted.folder() + "/" + problem));
        }
        return extracted.problems().isEmpty();
    }
}
