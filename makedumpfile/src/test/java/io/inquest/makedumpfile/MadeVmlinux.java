package io.inquest.makedumpfile;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.testkit.ElfObjectBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/// A vmlinux as it was before it ran, made of the kernel in a dump: its symbols where they were linked, its BTF, its
/// banner and name.
final class MadeVmlinux {

    private static final int OBJECT = 0x11;
    private static final Set<String> WANTED = Set.of("linux_banner", "node_data", "prb", "sme_me_mask");
    private static final int NAME_BYTES = 400;
    private static final int BANNER_BYTES = 512;

    private final Kernel kernel;
    private String buildId;

    MadeVmlinux(Kernel kernel) {
        this.kernel = kernel;
        this.buildId = kernel.vmcoreInfo().string("BUILD-ID").orElseThrow();
    }

    MadeVmlinux buildId(String other) {
        buildId = other;
        return this;
    }

    byte[] build() throws IOException {
        return build(List.of("linux_banner", "init_uts_ns"));
    }

    /// Without code and data, as objcopy's --only-keep-debug makes it.
    byte[] buildDebugOnly() throws IOException {
        return build(List.of());
    }

    private byte[] build(List<String> data) throws IOException {
        long start = address("__start_BTF");
        ElfObjectBuilder file = ElfObjectBuilder.executable()
                .buildId(buildId)
                .loaded(".BTF", linked(start), read(start, (int) (address("__stop_BTF") - start)))
                .leftOut(".bss", linked(address("_stext")), 0x1000);
        for (String each : data) {
            int bytes = each.equals("linux_banner") ? BANNER_BYTES : NAME_BYTES;
            file.loaded("." + each, linked(address(each)), read(address(each), bytes));
        }
        for (Symbol symbol :
                kernel.symbols().core().stream().filter(this::isWanted).toList()) {
            file.symbol(symbol.name(), ".bss", linked(symbol.address()), symbol.bytes(), OBJECT);
        }
        return file.build();
    }

    /// Those that vmcoreinfo has, too, and a few others: enough, and quick.
    private boolean isWanted(Symbol symbol) {
        return WANTED.contains(symbol.name())
                || kernel.vmcoreInfo().symbol(symbol.name()).isPresent()
                || ((symbol.address() >> 4) % 64 == 0 && symbol.isText());
    }

    private long address(String symbol) throws IOException {
        return kernel.symbols().address(symbol).orElseThrow();
    }

    private long linked(long address) {
        return address - kernel.vmcoreInfo().kernelOffset();
    }

    private byte[] read(long address, int bytes) throws IOException {
        byte[] read = new byte[bytes];
        kernel.space().read(address, ByteBuffer.wrap(read));
        return read;
    }
}
