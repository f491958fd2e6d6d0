package io.inquest.makedumpfile.erase;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
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
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the memory that the rules of an [EraseConfig] lead to.
///
/// A rule that this kernel cannot follow, wholly or in part, is told with its line, and the others count: who writes
/// the dump decides whether it may leave the machine.
public final class Eraser {

    /// makedumpfile's own bound for what a `char *` points at.
    private static final int LONGEST_STRING = 1024;

    private final Kernel kernel;
    private final Erasures erasures;
    private final MemoryMarker marker;
    private final Set<String> unfollowed = new LinkedHashSet<>();

    private Eraser(Kernel kernel) {
        this.kernel = kernel;
        this.erasures = new Erasures(kernel.memory().pageShift());
        this.marker = new MemoryMarker(kernel, erasures);
    }

    /// All that is to be erased of the dump of `kernel`.
    ///
    /// `unfollowed` is told each rule that could not be followed, `remarks` which modules were not loaded, so that
    /// nothing of them is there to erase.
    public static Erasures find(EraseConfig config, Kernel kernel, Warnings unfollowed, Warnings remarks)
            throws IOException {
        Eraser eraser = new Eraser(kernel);
        for (EraseConfig.Section section : config.sections()) {
            if (eraser.isLoaded(section.module())) {
                eraser.follow(section);
            } else {
                remarks.warn("Skipping Module section " + section.module());
            }
        }
        eraser.unfollowed.forEach(unfollowed::warn);
        return eraser.erasures;
    }

    private boolean isLoaded(String module) throws IOException {
        return module.equals(EraseConfig.VMLINUX)
                || kernel.symbols().modules().stream().map(SymbolTable::module).anyMatch(module::equals);
    }

    private void follow(EraseConfig.Section section) throws IOException {
        for (Statement statement : section.statements()) {
            attempt(statement.line(), () -> {
                for (KernelObject root : roots(statement.root())) {
                    attempt(statement.line(), () -> {
                        switch (statement) {
                            case Statement.Erase erase -> erase(erase, root);
                            case Statement.Loop loop -> repeat(loop, root, types(section));
                        }
                    });
                }
            });
        }
    }

    /// The variable of that name; if it is per CPU, each CPU's copy.
    private List<KernelObject> roots(String symbol) throws IOException {
        if (!kernel.isPerCpu(symbol)) {
            return List.of(kernel.object(symbol));
        }
        List<KernelObject> copies = new ArrayList<>();
        for (int cpu : kernel.perCpu().possible().cpus()) {
            copies.add(kernel.perCpu(symbol, cpu));
        }
        return copies;
    }

    private Types types(EraseConfig.Section section) throws IOException {
        return section.module().equals(EraseConfig.VMLINUX) ? kernel.types() : kernel.typesWithModules();
    }

    /// Does a step of a rule; what stops it is told once, however often a loop comes to it.
    private void attempt(int line, Step step) throws IOException {
        try {
            step.run();
        } catch (MissingSymbol | MissingType | MissingMember | MemoryFault | UnfollowedRule | DumpException unknown) {
            unfollowed.add("Config error at " + line + ": " + unknown.getMessage());
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, UnfollowedRule;
    }

    private void repeat(Statement.Loop loop, KernelObject root, Types types) throws IOException, UnfollowedRule {
        Optional<KernelObject> start = at(root, loop.source().path().members());
        if (start.isEmpty()) {
            return;
        }
        Walk<KernelObject> walk = LoopObjects.of(loop.source(), start.get(), types);
        for (KernelObject each : walk) {
            for (Statement.Erase erase : loop.body()) {
                attempt(erase.line(), () -> erase(erase, each));
            }
        }
        if (!walk.end().isComplete()) {
            throw new UnfollowedRule("not all is erased: " + walk.end().sentence());
        }
    }

    /// What a path leads to; nothing behind a null pointer.
    private static Optional<KernelObject> at(KernelObject root, List<String> members) {
        KernelObject at = root;
        for (String member : members) {
            at = LoopObjects.throughPointer(at);
            if (at.address() == 0) {
                return Optional.empty();
            }
            at = at.member(member);
        }
        return Optional.of(at);
    }

    private void erase(Statement.Erase erase, KernelObject root) throws IOException, UnfollowedRule {
        Optional<KernelObject> target = at(root, erase.path().members());
        if (target.isPresent()) {
            erase(erase, target.get(), target.get().type().plain() instanceof PointerType);
        }
    }

    private void erase(Statement.Erase erase, KernelObject target, boolean isPointer)
            throws IOException, UnfollowedRule {
        if (erase.extent() instanceof Extent.Nullify) {
            if (!isPointer) {
                throw new UnfollowedRule(erase.path() + " is no pointer, so it cannot be nullified");
            }
            marker.mark(target.address(), target.bytes(), true);
            erasures.tell("erase " + erase.path() + " nullify");
            return;
        }
        long address = isPointer ? target.unsigned() : target.address();
        long bytes = address == 0 ? 0 : bytes(erase, target);
        if (bytes > 0) {
            marker.mark(address, bytes, false);
            erasures.tell("erase " + erase.path() + " size " + bytes);
        }
    }

    private long bytes(Statement.Erase erase, KernelObject target) throws IOException, UnfollowedRule {
        return switch (erase.extent()) {
            case Extent.Bytes(long count) -> some(count, erase.path() + " cannot have the size " + count);
            case Extent.ValueOf(MemberPath path) -> valueOf(erase, path);
            case Extent.OfType ignored -> bytesOfType(erase, target);
            case Extent.Nullify ignored -> target.bytes();
        };
    }

    private long valueOf(Statement.Erase erase, MemberPath size) throws IOException, UnfollowedRule {
        Optional<KernelObject> value = at(kernel.object(size.root()), size.members());
        if (value.isEmpty()) {
            throw new UnfollowedRule("the size of " + erase.path() + ", " + size + ", is behind a null pointer");
        }
        long bytes = value.get().unsigned();
        return some(
                bytes,
                "the size of " + erase.path() + ", " + size + ", is " + Long.toUnsignedString(bytes)
                        + " in this dump; give it as a number");
    }

    /// A size that is one. What is to be erased and is not must be told: at nothing the rule would seem followed.
    private static long some(long bytes, String otherwise) throws UnfollowedRule {
        if (bytes <= 0) {
            throw new UnfollowedRule(otherwise);
        }
        return bytes;
    }

    /// May be 0 for an empty text.
    private static long bytesOfType(Statement.Erase erase, KernelObject target) throws UnfollowedRule {
        if (!(target.type().plain() instanceof PointerType pointer)) {
            return some(target.bytes(), erase.path() + " has no size of its own; give one");
        }
        KernelType pointee = pointer.target().plain();
        if (pointee instanceof IntegerType integer && integer.use() == IntegerType.Use.CHARACTER) {
            return Math.min(target.string().length(), LONGEST_STRING);
        }
        if (pointee instanceof VoidType || (pointee instanceof StructType struct && !struct.isComplete())) {
            throw new UnfollowedRule(
                    erase.path() + " points at something of unknown size; give its size, or nullify it");
        }
        return some(pointee.bytes(), erase.path() + " points at something without a size; give one");
    }
}
