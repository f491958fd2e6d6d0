package io.inquest.cli.page;

import io.inquest.cli.DumpFiles;
import io.inquest.cli.ExitCode;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageMap;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest explain`.
@Command(
        name = "explain",
        header = "Tells what a page frame is, and why it is or is not in the dump.",
        description = {
            "FRAME is a page frame number (12345, or pfn:0x3039), a physical address (0x3039000), or an address of the"
                    + " kernel (16 hexadecimal digits).",
            "The class is what the filter of this program finds in the kernel's struct pages; a dump that it wrote also"
                    + " says what was found when it was written."
        })
public final class ExplainCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The dump.")
    private Path file = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FRAME", description = "A page frame or an address in it.")
    private List<String> frames = List.of();

    @Option(names = "--json", description = "One JSON object a line for each frame.")
    private boolean asJson;

    @Spec
    private CommandSpec spec;

    public ExplainCommand() {}

    @Override
    public Integer call() throws IOException {
        Warnings warnings = DumpFiles.warnings(spec);
        try (Dump dump = DumpFiles.open(List.of(file), spec)) {
            Kernel kernel = Kernel.open(dump, warnings);
            PageMap map = pageMap(kernel, warnings);
            for (String frame : frames) {
                tell(Explanation.of(FrameName.parse(frame, kernel).pfn(), dump.memory(), map), dump);
            }
            return map == null ? ExitCode.INCOMPLETE : ExitCode.OK;
        }
    }

    private static @Nullable PageMap pageMap(Kernel kernel, Warnings warnings) throws IOException {
        try {
            return PageMap.open(kernel, warnings);
        } catch (DumpException notUnderstood) {
            warnings.warn("the kernel's struct pages cannot be used: " + notUnderstood.getMessage());
        } catch (MemoryFault notThere) {
            warnings.warn("the kernel's struct pages cannot be found: " + notThere.getMessage());
        }
        return null;
    }

    private void tell(Explanation explanation, Dump dump) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int pageShift = dump.memory().pageShift();
        if (asJson) {
            new ExplanationJson(JsonWriter.compact(out), pageShift).write(explanation);
        } else {
            new ExplanationText(out, pageShift).write(explanation);
        }
    }
}
