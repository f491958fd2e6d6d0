package io.inquest.benchmarks;

import io.inquest.dump.Dump;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.symbol.Kallsyms;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.symbol.SymbolTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The 157,648 symbols of a real kernel: getting them ready out of its memory, asking for a name, for an address, for
/// what a prompt completes, and searching all names.
@State(Scope.Thread)
public class SymbolsBenchmark {

    private Dump dump;
    private AddressSpace space;
    private VmcoreInfo info;
    private SymbolTable symbols;
    private long address;

    @Setup
    public void open() throws IOException {
        dump = SamplePages.open();
        Kernel kernel = Kernel.open(dump, System.err::println);
        space = kernel.space();
        info = kernel.vmcoreInfo();
        symbols = kernel.symbols().core();
        address = symbols.address("vfs_read").orElseThrow() + 100;
    }

    @TearDown
    public void close() throws IOException {
        dump.close();
    }

    @Benchmark
    public Kallsyms ready() throws IOException {
        return Kallsyms.open(space, info);
    }

    @Benchmark
    public OptionalLong addressOfName() {
        return symbols.address("init_task");
    }

    @Benchmark
    public Optional<Place> nameOfAddress() {
        return symbols.at(address);
    }

    @Benchmark
    public List<String> completion() {
        return symbols.startingWith("do_s");
    }

    @Benchmark
    public long search() {
        return symbols.containing("lock").count();
    }
}
