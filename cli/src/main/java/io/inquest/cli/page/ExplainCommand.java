package io.inquest.cli.page;

import io.inquest.cli.DumpFiles;
import io.inquest.cli.ExitCode;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.page.Rule;
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
                    + " says what was found when it was written.",
            "The exit code is 0, or 3 when struct pages or page tables that the answer is about cannot be read, or 1"
                    + " when there is no answer."
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
            boolean allRead = map != null;
            for (String frame : frames) {
                allRead &= explain(frame, kernel, map);
            }
            return allRead ? ExitCode.OK : ExitCode.INCOMPLETE;
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

    /// Whether all could be read that the answer needs. What cannot be read for one frame costs no other its answer.
    private boolean explain(String frame, Kernel kernel, @Nullable PageMap map) throws IOException {
        PhysicalMemory memory = kernel.memory();
        long pfn;
        try {
            pfn = FrameName.parse(frame, kernel).pfn();
        } catch (MemoryFault lostTable) {
            DumpFiles.warnings(spec).warn(lostTable.getMessage());
            return false;
        }
        Explanation explanation = explanation(pfn, memory, map);
        tell(explanation, memory.pageShift());
        return explanation.page().isPresent() && explanation.page().get().rule() != Rule.UNREADABLE;
    }

    private Explanation explanation(long pfn, PhysicalMemory memory, @Nullable PageMap map) throws IOException {
        try {
            return Explanation.of(pfn, memory, map);
        } catch (MemoryFault lostStructPage) {
            DumpFiles.warnings(spec).warn(lostStructPage.getMessage());
            return Explanation.of(pfn, memory, null);
        }
    }

    private void tell(Explanation explanation, int pageShift) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            new ExplanationJson(JsonWriter.compact(out), pageShift).write(explanation);
        } else {
            new ExplanationText(out, pageShift).write(explanation);
        }
    }
}
