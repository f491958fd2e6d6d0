package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.arch.LinearRange;
import io.inquest.kernel.symbol.Symbols;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the best way to the kernel's memory that a dump leaves: its page tables, and arithmetic where they are
/// lost.
///
/// The tables lie in a few frames, often at the end of the dump, where a cut takes them first. The image is loaded
/// in one piece, so its log, symbols and types need no table; and the symbols tell where the direct map begins,
/// which holds the tasks.
final class KernelMemory {

    private static final byte[] LINUX = "Linux".getBytes(StandardCharsets.US_ASCII);

    private final Kernel kernel;
    private final Warnings warnings;

    KernelMemory(Kernel kernel, Warnings warnings) {
        this.kernel = kernel;
        this.warnings = warnings;
    }

    /// What can be read before symbols are known.
    AddressSpace beforeSymbols() throws IOException {
        List<LinearRange> segments = LinearSpace.segments(kernel.memory());
        Optional<LinearRange> image = image();
        try {
            AddressSpace tables = kernel.pageTables();
            if (image.isEmpty()) {
                return new FallbackSpace(tables, linear(segments));
            }
            if (tables.translate(image.get().virtualAddress(), 1) instanceof Mapping.TableUnreadable lost) {
                warnings.warn("the kernel's page tables cannot be read (" + lost.reason() + "); "
                        + readingLinearly(image.get()));
            }
            return new FallbackSpace(tables, linear(join(segments, image.get())));
        } catch (DumpException wrongTables) {
            if (image.isPresent() && isBetter(image.get(), segments)) {
                warnings.warn(wrongTables.getMessage() + "; " + readingLinearly(image.get()));
                return linear(join(segments, image.get()));
            }
            warnings.warn(wrongTables.getMessage() + "; reading by the addresses of its program headers instead");
            return linear(segments);
        }
    }

    /// What can be read with symbols: the direct map too, of the image no more than there is, and nothing by the
    /// addresses of per-CPU variables.
    AddressSpace withSymbols(AddressSpace before, Symbols symbols) throws IOException {
        AddressSpace all = before instanceof PerCpuSection section ? section.space() : before;
        return withoutPerCpuSection(withDirectMap(all, symbols), symbols);
    }

    /// Where the symbols begin at 0 there is nothing to read; a kernel for one processor keeps its only copies there.
    private static AddressSpace withoutPerCpuSection(AddressSpace space, Symbols symbols) {
        OptionalLong start = symbols.core().address("__per_cpu_start");
        OptionalLong end = symbols.core().address("__per_cpu_end");
        boolean hasCopies = symbols.core().address("__per_cpu_offset").isPresent();
        if (!hasCopies || start.isEmpty() || end.isEmpty() || start.getAsLong() >= 0) {
            return space;
        }
        return new PerCpuSection(
                space,
                start.getAsLong(),
                end.getAsLong(),
                address ->
                        symbols.at(address).map(place -> place.symbol().name()).orElse("what was there"));
    }

    private AddressSpace withDirectMap(AddressSpace before, Symbols symbols) throws IOException {
        Optional<LinearRange> image = image();
        if (image.isEmpty()) {
            return before;
        }
        List<LinearRange> ranges = new ArrayList<>(LinearSpace.segments(kernel.memory()));
        OptionalLong end = symbols.core().address("_end");
        ranges.add(end.isPresent() ? image.get().upTo(end.getAsLong()) : image.get());
        Optional<LinearRange> directMap = directMap(before, symbols);
        directMap.ifPresent(ranges::add);
        LinearSpace linear = linear(ranges);
        AddressSpace without =
                before instanceof FallbackSpace fallback ? new FallbackSpace(fallback.tables(), linear) : linear;
        boolean rootHolds = before instanceof FallbackSpace fallback
                && !(fallback.tables().translate(image.get().virtualAddress(), 1) instanceof Mapping.TableUnreadable);
        return rootHolds || directMap.isEmpty() ? without : standIn(without, linear, image.get(), directMap.get());
    }

    /// The tables behind another root table if one is found, else what there is `without`.
    private AddressSpace standIn(AddressSpace without, LinearSpace linear, LinearRange image, LinearRange directMap)
            throws IOException {
        OptionalLong root = new OtherRootTable(kernel, image, directMap).find(without);
        if (root.isEmpty()) {
            return without;
        }
        warnings.warn("the root table of a process at physical address " + Hex.of(root.getAsLong())
                + " stands in for the kernel's own: modules and vmalloc memory can be read");
        return new FallbackSpace(kernel.useRootTable(root.getAsLong()), linear);
    }

    private Optional<LinearRange> image() {
        OptionalLong recorded = kernel.dump().header().physBase();
        try {
            return kernel.architecture().image(kernel.memory(), kernel.vmcoreInfo(), recorded);
        } catch (DumpException unknownMachine) {
            return Optional.empty();
        }
    }

    private Optional<LinearRange> directMap(AddressSpace space, Symbols symbols) throws IOException {
        Optional<String> variable = kernel.architecture().directMapVariable();
        if (variable.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong address = symbols.core().address(variable.get());
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            long base = space.readWord(address.getAsLong());
            long bytes = kernel.memory().endPfn() << kernel.memory().pageShift();
            boolean plausible = base < 0 && (base & kernel.memory().pageBytes() - 1) == 0;
            return plausible ? Optional.of(new LinearRange(base, 0, bytes)) : Optional.empty();
        } catch (MemoryFault lost) {
            return Optional.empty();
        }
    }

    /// Whether to read by phys_base rather than by program headers: unless those alone lead to the kernel's name. The
    /// page of the name may be lost itself, and a kdump file has no such headers.
    private boolean isBetter(LinearRange image, List<LinearRange> segments) throws IOException {
        return holdTheKernelsName(List.of(image)) || !holdTheKernelsName(segments);
    }

    /// Whether the kernel's name is where vmcoreinfo says.
    private boolean holdTheKernelsName(List<LinearRange> ranges) throws IOException {
        ByteBuffer name = ByteBuffer.allocate(LINUX.length);
        try {
            linear(ranges).read(kernel.utsnameAddress(), name);
            return name.flip().equals(ByteBuffer.wrap(LINUX));
        } catch (MemoryFault | DumpException unknown) {
            return false;
        }
    }

    private static String readingLinearly(LinearRange image) {
        return "reading its image in one piece from physical address " + Hex.of(image.physicalAddress())
                + " on, and the direct map if symbols tell where it is; modules and vmalloc memory may be lost";
    }

    private static List<LinearRange> join(List<LinearRange> segments, LinearRange image) {
        List<LinearRange> ranges = new ArrayList<>(segments);
        ranges.add(image);
        return ranges;
    }

    private LinearSpace linear(List<LinearRange> ranges) {
        return new LinearSpace(kernel.machine(), kernel.memory(), ranges);
    }
}
