package io.inquest.makedumpfile.erase;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.symbol.SymbolTable;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the memory that the rules of an [EraseConfig] lead to.
///
/// A rule that this kernel cannot follow is told with its line, and the others count.
public final class Eraser {

    /// makedumpfile's own bound for what a `char *` points at.
    private static final int LONGEST_STRING = 1024;

    private static final int MOST_ELEMENTS = 1_000_000;

    private final Kernel kernel;
    private final Warnings warnings;
    private final Erasures erasures;

    private Eraser(Kernel kernel, Warnings warnings) {
        this.kernel = kernel;
        this.warnings = warnings;
        this.erasures = new Erasures(kernel.memory().pageShift());
    }

    /// All that is to be erased of the dump of `kernel`; complaints go to `warnings`.
    public static Erasures find(EraseConfig config, Kernel kernel, Warnings warnings) throws IOException {
        Eraser eraser = new Eraser(kernel, warnings);
        for (EraseConfig.Section section : config.sections()) {
            if (eraser.isLoaded(section.module())) {
                for (Statement statement : section.statements()) {
                    eraser.follow(statement);
                }
            } else {
                warnings.warn("Skipping Module section " + section.module());
            }
        }
        return eraser.erasures;
    }

    private boolean isLoaded(String module) throws IOException {
        return module.equals(EraseConfig.VMLINUX)
                || kernel.symbols().modules().stream().map(SymbolTable::module).anyMatch(module::equals);
    }

    private void follow(Statement statement) throws IOException {
        try {
            switch (statement) {
                case Statement.Erase erase ->
                    erase(erase, kernel.object(erase.path().root()));
                case Statement.Loop loop -> repeat(loop);
            }
        } catch (MissingSymbol | MissingType | MissingMember | MemoryFault unknown) {
            warnings.warn("Config error at " + statement.line() + ": " + unknown.getMessage());
        }
    }

    private void repeat(Statement.Loop loop) throws IOException {
        KernelObject start = at(
                kernel.object(loop.source().path().root()), loop.source().path().members());
        Walk<KernelObject> walk = switch (loop.source()) {
            case Statement.Source.Elements ignored -> elements(start);
            case Statement.Source.Chain chain -> chain(start, chain.next());
            case Statement.Source.Ring ring ->
                KernelList.entries(start, kernel.types().struct(ring.struct()), ring.member());
        };
        for (KernelObject each : walk) {
            for (Statement.Erase erase : loop.body()) {
                erase(erase, each);
            }
        }
        if (!walk.end().isComplete()) {
            warnings.warn("Config error at " + loop.line() + ": not all is erased: "
                    + walk.end().sentence());
        }
    }

    private static Walk<KernelObject> elements(KernelObject array) {
        int[] at = {0};
        long length = Math.min(array.length(), MOST_ELEMENTS);
        return Walk.of(() -> at[0] < length ? array.element(at[0]++) : null);
    }

    /// From a struct, or a pointer to the first one, to the one whose pointer is null or leads back.
    private static Walk<KernelObject> chain(KernelObject first, String next) {
        Set<Long> passed = new HashSet<>();
        KernelObject[] at = {throughPointer(first)};
        return Walk.of(() -> {
            KernelObject current = at[0];
            if (current.address() == 0 || passed.size() >= MOST_ELEMENTS || !passed.add(current.address())) {
                return null;
            }
            at[0] = current.member(next).dereference();
            return current;
        });
    }

    private static KernelObject at(KernelObject root, List<String> members) {
        KernelObject at = root;
        for (String member : members) {
            at = throughPointer(at).member(member);
        }
        return at;
    }

    private static KernelObject throughPointer(KernelObject object) {
        return object.type().plain() instanceof PointerType ? object.dereference() : object;
    }

    private void erase(Statement.Erase erase, KernelObject root) throws IOException {
        KernelObject target = at(root, erase.path().members());
        boolean pointer = target.type().plain() instanceof PointerType;
        if (erase.extent() instanceof Extent.Nullify) {
            if (!pointer) {
                throw new MissingType(erase.path() + " is no pointer, so it cannot be nullified");
            }
            mark(target.address(), target.bytes(), true);
            erasures.tell("erase " + erase.path() + " nullify");
            return;
        }
        long address = pointer ? target.unsigned() : target.address();
        long bytes = bytes(erase, target);
        if (address != 0 && bytes > 0) {
            mark(address, bytes, false);
            erasures.tell("erase " + erase.path() + " size " + bytes);
        }
    }

    private long bytes(Statement.Erase erase, KernelObject target) throws IOException {
        return switch (erase.extent()) {
            case Extent.Bytes(long count) -> count;
            case Extent.ValueOf(MemberPath path) ->
                at(kernel.object(path.root()), path.members()).unsigned();
            case Extent.OfType ignored -> bytesOfType(erase, target);
            case Extent.Nullify ignored -> target.bytes();
        };
    }

    private static long bytesOfType(Statement.Erase erase, KernelObject target) {
        if (!(target.type().plain() instanceof PointerType pointer)) {
            return target.bytes();
        }
        KernelType pointee = pointer.target().plain();
        if (pointee instanceof IntegerType integer && integer.use() == IntegerType.Use.CHARACTER) {
            return target.isZero() ? 0 : Math.min(target.string().length(), LONGEST_STRING);
        }
        if (pointee instanceof VoidType || (pointee instanceof StructType struct && !struct.isComplete())) {
            throw new MissingType(erase.path() + " points at something of unknown size; give its size, or nullify it");
        }
        return pointee.bytes();
    }

    private void mark(long address, long bytes, boolean nullify) throws IOException {
        long at = address;
        long left = bytes;
        while (left > 0) {
            if (!(kernel.space().translate(at, left) instanceof Mapping.Mapped mapped) || mapped.bytes() <= 0) {
                return;
            }
            long run = Math.min(mapped.bytes(), left);
            erasures.add(mapped.to(), run, nullify);
            at += run;
            left -= run;
        }
    }
}
