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
            if (image.isPresent() && holdsTheKernelsName(image.get())) {
                warnings.warn(wrongTables.getMessage() + "; " + readingLinearly(image.get()));
                return linear(join(segments, image.get()));
            }
            warnings.warn(wrongTables.getMessage() + "; reading by the addresses of its program headers instead");
            return linear(segments);
        }
    }

    /// What can be read with symbols: the direct map too, and of the image no more than there is.
    AddressSpace withSymbols(AddressSpace before, Symbols symbols) throws IOException {
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
        if (!(before instanceof FallbackSpace fallback)) {
            return linear;
        }
        AddressSpace tables = fallback.tables();
        boolean rootLost = tables.translate(image.get().virtualAddress(), 1) instanceof Mapping.TableUnreadable;
        return new FallbackSpace(rootLost ? standIn(tables, linear, image.get(), directMap) : tables, linear);
    }

    /// The tables behind another root table if one is found, else those that there are.
    private AddressSpace standIn(
            AddressSpace tables, LinearSpace linear, LinearRange image, Optional<LinearRange> directMap)
            throws IOException {
        if (directMap.isEmpty()) {
            return tables;
        }
        AddressSpace without = new FallbackSpace(tables, linear);
        OptionalLong root = new OtherRootTable(kernel, image, directMap.get()).find(without);
        if (root.isEmpty()) {
            return tables;
        }
        warnings.warn("the root table of a process at physical address " + Hex.of(root.getAsLong())
                + " stands in for the kernel's own: modules and vmalloc memory can be read");
        return kernel.useRootTable(root.getAsLong());
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

    /// Whether phys_base is the right one: the image has the kernel's name where vmcoreinfo says.
    private boolean holdsTheKernelsName(LinearRange image) throws IOException {
        ByteBuffer name = ByteBuffer.allocate(LINUX.length);
        try {
            linear(List.of(image)).read(kernel.utsnameAddress(), name);
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
