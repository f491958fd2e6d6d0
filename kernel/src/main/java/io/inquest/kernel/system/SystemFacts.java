package io.inquest.kernel.system;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Utsname;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What one asks of a dead system first.
///
/// Each fact is read when it is asked for; what this kernel does not have or the dump does not hold is empty.
public final class SystemFacts {

    /// Longer than any of its texts; it is read up to its end only.
    private static final KernelType TEXT =
            new ArrayType(() -> new IntegerType("char", 1, true, IntegerType.Use.CHARACTER), 4096);

    private final Kernel kernel;

    public SystemFacts(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Names and version; throws a [io.inquest.dump.DumpException] where [Kernel#utsname] does.
    public Utsname utsname() throws IOException {
        return kernel.utsname();
    }

    /// When it died, in seconds since 1970: as its last act noted it, else as its clock stood.
    public OptionalLong crashTime() throws IOException {
        OptionalLong noted = kernel.vmcoreInfo().crashTime();
        if (noted.isPresent()) {
            return noted;
        }
        Optional<Clock> clock = clock();
        return clock.isPresent() ? OptionalLong.of(clock.get().wallSeconds()) : OptionalLong.empty();
    }

    /// How long it had run, in nanoseconds, time of suspend included.
    public OptionalLong uptime() throws IOException {
        Optional<Clock> clock = clock();
        return clock.isPresent() ? OptionalLong.of(clock.get().uptimeNanoseconds()) : OptionalLong.empty();
    }

    private Optional<Clock> clock() throws IOException {
        try {
            return Clock.read(kernel);
        } catch (MemoryFault lost) {
            return Optional.empty();
        }
    }

    public Optional<LoadAverage> loadAverage() throws IOException {
        OptionalLong address = kernel.symbols().core().address("avenrun");
        if (address.isEmpty()) {
            return Optional.empty();
        }
        AddressSpace space = kernel.space();
        long at = address.getAsLong();
        long step = space.wordBytes();
        try {
            return Optional.of(LoadAverage.ofFixedPoint(
                    space.readWord(at), space.readWord(at + step), space.readWord(at + 2 * step)));
        } catch (MemoryFault lost) {
            return Optional.empty();
        }
    }

    /// The bits of `tainted_mask`.
    ///
    /// A kernel that dies of an oops with a capture kernel loaded does so before it notes the oops as a taint: see
    /// [#dieCount].
    public OptionalLong taintedMask() throws IOException {
        return word("tainted_mask");
    }

    /// What [#taintedMask] means.
    public List<Taint> taints() throws IOException {
        return Taint.of(taintedMask().orElse(0));
    }

    /// How many oopses there were; on x86 and some others, empty elsewhere.
    public OptionalLong dieCount() throws IOException {
        OptionalLong address = kernel.symbols().core().address("die_counter");
        try {
            return address.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(kernel.space().readInt(address.getAsLong()));
        } catch (MemoryFault lost) {
            return OptionalLong.empty();
        }
    }

    /// The kernel's command line; text from the dump.
    public Optional<String> commandLine() throws IOException {
        OptionalLong address = word("saved_command_line");
        return address.isEmpty() ? Optional.empty() : text(address.getAsLong());
    }

    /// The line with which the kernel begins its log, as in `/proc/version`; text from the dump.
    public Optional<String> banner() throws IOException {
        OptionalLong address = kernel.symbols().core().address("linux_banner");
        return address.isEmpty() ? Optional.empty() : text(address.getAsLong());
    }

    private OptionalLong word(String symbol) throws IOException {
        OptionalLong address = kernel.symbols().core().address(symbol);
        try {
            return address.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(kernel.space().readWord(address.getAsLong()));
        } catch (MemoryFault lost) {
            return OptionalLong.empty();
        }
    }

    private Optional<String> text(long address) throws IOException {
        try {
            return Optional.of(KernelObject.at(kernel.space(), TEXT, address).string());
        } catch (MemoryFault lost) {
            return Optional.empty();
        }
    }
}
