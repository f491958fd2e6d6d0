package io.inquest.kernel.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.module.Module;
import io.inquest.kernel.module.ModulePart;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.symbol.Symbols;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The code of a kernel: its own from `_stext` to `_etext`, that of its start, its modules', and what it made
/// at run time.
///
/// Instructions are read from the dump: the kernel patches its code as it runs.
final class KernelCode implements Code {

    private final Kernel kernel;
    private final AddressSpace space;
    private final Symbols symbols;
    private final StackRules rules;
    private final LongPredicate isImageAddress;
    private final List<Range> image = new ArrayList<>();
    private @Nullable List<Range> modules;

    KernelCode(Kernel kernel, StackRules rules) throws IOException {
        this.kernel = kernel;
        this.space = kernel.space();
        this.symbols = kernel.symbols();
        this.rules = rules;
        this.isImageAddress = kernel.architecture()::isImageAddress;
        add("_stext", "_etext");
        add("_sinittext", "_einittext");
    }

    private record Range(long start, long end) {

        boolean contains(long address) {
            return Long.compareUnsigned(address - start, end - start) < 0;
        }
    }

    private void add(String start, String end) {
        OptionalLong first = symbols.core().address(start);
        OptionalLong last = symbols.core().address(end);
        if (first.isPresent() && last.isPresent()) {
            image.add(new Range(first.getAsLong(), last.getAsLong()));
        }
    }

    @Override
    public boolean isText(long address) {
        for (Range range : isImageAddress.test(address) ? image : modules()) {
            if (range.contains(address)) {
                return true;
            }
        }
        return symbols.isRuntimeCode(address);
    }

    /// Read only when an address is not in the image: a first backtrace seldom leads there.
    private synchronized List<Range> modules() {
        if (modules == null) {
            modules = textOfModules();
        }
        return modules;
    }

    private List<Range> textOfModules() {
        List<Range> ranges = new ArrayList<>();
        try {
            for (Module module : kernel.modules()) {
                for (ModulePart part : module.parts()) {
                    ranges.add(new Range(part.base(), part.base() + part.textBytes()));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return List.copyOf(ranges);
    }

    @Override
    public boolean isReturnAddress(long address) {
        Optional<byte[]> before = isText(address) ? before(address) : Optional.empty();
        return before.isPresent() && rules.endsInCall(before.get());
    }

    @Override
    public long calledBefore(long address) {
        Optional<byte[]> before = before(address);
        return before.isEmpty() ? 0 : rules.callTarget(before.get(), address);
    }

    private Optional<byte[]> before(long address) {
        byte[] bytes = new byte[rules.callBytes()];
        try {
            space.read(address - bytes.length, ByteBuffer.wrap(bytes));
            return Optional.of(bytes);
        } catch (MemoryFault lost) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public OptionalLong startOfFunction(long address) {
        Optional<Place> place = symbols.at(address);
        return place.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(place.get().symbol().address());
    }

    /// A return address behind the last instruction of its function belongs to that function, as the kernel prints
    /// it.
    @Override
    public Optional<Place> placeOf(FrameState state) {
        return symbols.at(state.codeAddress())
                .map(place -> new Place(
                        place.symbol(), state.address() - place.symbol().address()));
    }
}
