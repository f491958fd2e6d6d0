package io.inquest.kernel.module;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.symbol.ModuleTable;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.symbol.SymbolTable;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Code that the kernel made at run time, with the names that `/proc/kallsyms` has for it, in its order.
///
/// | Shown as a module    | Code                   | List                                  | Of structs         |
/// |----------------------|------------------------|---------------------------------------|--------------------|
/// | `__builtin__ftrace`  | trampolines of tracers | `ftrace_ops_trampoline_list`          | `ftrace_ops`       |
/// | `bpf`                | programs, trampolines  | `bpf_kallsyms`                        | `bpf_ksym`         |
/// | `__builtin__kprobes` | copied instructions    | `pages` of each `kprobe_insn_cache`   | `kprobe_insn_page` |
///
/// Kernels that give them no names (before 5.7 or 5.9) lack a list or a member: then there are none here.
public final class RuntimeCode {

    /// More is no function's code but a mistake.
    private static final long MOST_BYTES = 16L << 20;

    private final AddressSpace space;
    private final Types types;
    private final SymbolTable symbols;
    private final int pageBytes;
    private final Warnings warnings;

    RuntimeCode(AddressSpace space, Types types, SymbolTable symbols, int pageBytes, Warnings warnings) {
        this.space = space;
        this.types = types;
        this.symbols = symbols;
        this.pageBytes = pageBytes;
        this.warnings = warnings;
    }

    /// The tables of a kernel. `warnings` is told of lists that are damaged.
    ///
    /// None for a kernel whose types are not known.
    public static List<ModuleTable> tables(Kernel kernel, Warnings warnings) {
        try {
            SymbolTable core = kernel.symbols().core();
            int pageBytes = kernel.machine().pageBytes();
            return new RuntimeCode(kernel.space(), kernel.types(), core, pageBytes, warnings).tables();
        } catch (DumpException | MissingType unknown) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// A table for each of the three that has code.
    List<ModuleTable> tables() {
        List<ModuleTable> tables = new ArrayList<>();
        for (List<Symbol> found : List.of(trampolines(), programs(), probes())) {
            if (!found.isEmpty()) {
                tables.add(table(found));
            }
        }
        return tables;
    }

    private static ModuleTable table(List<Symbol> symbols) {
        List<ModuleTable.Piece> pieces = symbols.stream()
                .map(symbol -> new ModuleTable.Piece(symbol.address(), symbol.bytes()))
                .toList();
        return new ModuleTable(pieces, () -> SymbolTable.of(symbols.getFirst().module(), symbols));
    }

    private List<Symbol> trampolines() {
        String list = "ftrace_ops_trampoline_list";
        return entries(list, variable(list, VoidType.VOID), "ftrace_ops", "list", ops -> {
            long start = ops.member("trampoline").unsigned();
            long bytes = ops.member("trampoline_size").unsigned();
            return new Symbol("ftrace_trampoline", start, bytes, 't', "__builtin__ftrace");
        });
    }

    private List<Symbol> programs() {
        String list = "bpf_kallsyms";
        return entries(list, variable(list, VoidType.VOID), "bpf_ksym", "lnode", program -> {
            long start = program.member("start").unsigned();
            long bytes = program.member("end").unsigned() - start;
            return new Symbol(program.member("name").string(), start, bytes, 't', "bpf");
        });
    }

    private List<Symbol> probes() {
        List<Symbol> found = new ArrayList<>();
        for (String name : List.of("kprobe_insn_slots", "kprobe_optinsn_slots")) {
            types.structWith("kprobe_insn_cache", "sym")
                    .flatMap(type -> variable(name, type))
                    .ifPresent(cache -> found.addAll(pages(name, cache)));
        }
        return found;
    }

    private List<Symbol> pages(String name, KernelObject cache) {
        return entries(name, cache.find("pages"), "kprobe_insn_page", "list", page -> {
            String symbol = cache.member("sym").string();
            return new Symbol(symbol, page.member("insns").unsigned(), pageBytes, 't', "__builtin__kprobes");
        });
    }

    private Optional<KernelObject> variable(String name, KernelType type) {
        OptionalLong address = symbols.address(name);
        return address.isEmpty() ? Optional.empty() : Optional.of(KernelObject.at(space, type, address.getAsLong()));
    }

    /// What the structs on a list name; `list` is what a warning calls it.
    private List<Symbol> entries(
            String list,
            Optional<KernelObject> head,
            String tag,
            String member,
            Function<KernelObject, Symbol> symbolOf) {
        Optional<StructType> type = types.structWith(tag, member);
        if (head.isEmpty() || type.isEmpty()) {
            return List.of();
        }
        Walk<KernelObject> walk = KernelList.entries(head.get(), type.get(), member);
        List<Symbol> found = new ArrayList<>();
        try {
            for (KernelObject entry : walk) {
                Symbol symbol = symbolOf.apply(entry);
                if (symbol.bytes() > 0 && symbol.bytes() <= MOST_BYTES) {
                    found.add(symbol);
                }
            }
        } catch (MissingMember older) {
            return List.of();
        } catch (MemoryFault lost) {
            warn(list, lost.getMessage());
        }
        if (!walk.end().sentence().isEmpty()) {
            warn(list, walk.end().sentence());
        }
        return found;
    }

    private void warn(String list, String why) {
        warnings.warn("names of code made at run time are missing, the list of " + list + " is damaged: " + why);
    }
}
