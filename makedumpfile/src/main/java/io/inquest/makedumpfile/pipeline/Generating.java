package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.Machine;
import io.inquest.dump.io.ByteSink;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.VmlinuxFile;
import io.inquest.makedumpfile.message.Endings;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.vmcoreinfo.KernelFacts;
import io.inquest.makedumpfile.vmcoreinfo.VmcoreInfoText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// `-g`: writes the vmcoreinfo of a kernel, made from its symbols and types.
final class Generating {

    private final Run run;

    Generating(Run run) {
        this.run = run;
    }

    Outcome generate() throws IOException {
        Options options = run.options();
        String file = options.operands().getLast();
        String text = options.operands().size() > 1 ? ofDump(options.operands().getFirst()) : ofVmlinux();
        try (ByteSink sink = OutputFiles.text(file, options.output().overwriting())) {
            sink.write(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
            sink.force();
        }
        run.messages().common(Endings.vmcoreinfoSaved(file));
        return Outcome.COMPLETED;
    }

    /// What a vmlinux tells: symbols by its table, types by BTF or DWARF.
    private String ofVmlinux() throws IOException {
        String path = run.options().filter().vmlinuxFile().orElseThrow();
        try (VmlinuxFile vmlinux = VmlinuxAccess.openFile(path)) {
            Machine machine = vmlinux.machine();
            KernelFacts facts = KernelFacts.of(vmlinux, machine, 0);
            return VmcoreInfoText.of(vmlinux.release(), machine.pageBytes(), facts, VmcoreInfo.parse(""));
        }
    }

    /// What a dump tells of itself: symbols by kallsyms, types by BTF, and what its own note has beyond.
    private String ofDump(String dump) throws IOException {
        try (DumpInput opened = DumpInput.open(dump, run.messages())) {
            Kernel kernel = KernelAccess.open(opened.dump(), run.options().filter(), run.messages())
                    .orElseThrow(() -> MissingVmcoreinfo.of(dump));
            long pageBytes =
                    kernel.vmcoreInfo().pageSize().orElse(kernel.memory().pageBytes());
            return VmcoreInfoText.of(
                    kernel.utsname().release(), pageBytes, KernelFacts.of(kernel), kernel.vmcoreInfo());
        }
    }
}
