package io.inquest.crash.command.kmem;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.CpuList;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `kmem`: how the kernel uses memory.
public final class KmemCommand implements Command {

    private static final Option TOTALS =
            Option.flagOrValue("i", "shared", "what memory is used for in all; with the pages of several users");
    private static final Option SLABS = Option.flag("s", "slab caches, or the one of an address or name");
    private static final Option OBJECTS =
            Option.flagOrValue("S", "cpus", "slab caches with all slabs and objects, or those of some CPUs");
    private static final Option ROOTS =
            Option.flag("r", "accepted as in crash: caches of memory groups are gone since 5.9");
    private static final Option IGNORE = Option.value("I", "cache,...", "slab caches that -s and -S leave out");
    private static final Option PAGES = Option.flag("p", "struct pages, or the one of an address");
    private static final Option MEMBERS = Option.value("m", "member,...", "these members of struct pages");
    private static final Option FREE = Option.flag("f", "free blocks by zone and size, or the one with an address");
    private static final Option FREE_PAGES = Option.flag("F", "as -f with the struct page of each block");
    private static final Option VMALLOC = Option.flag("v", "memory mapped by vmalloc and vmap");
    private static final Option COUNTERS = Option.flag("V", "the counters of /proc/vmstat");
    private static final Option NODES = Option.flag("n", "memory nodes, zones and sections");
    private static final Option ZONES = Option.flag("z", "the counters of each zone");
    private static final Option OFFSETS = Option.flag("o", "the offset of each CPU's per-CPU memory");
    private static final Option HUGE = Option.flag("h", "pools of huge pages");
    private static final Option FLAGS = Option.flag("g", "names of page flags, or of those in a word");
    private static final Option CACHE =
            Option.flag("c", "accepted as in crash: the page cache is no hash table since 2.6");
    private static final Option CACHE_PAGES = Option.flag("C", "accepted as in crash, as -c");
    private static final Option PHYSICAL = Option.flag("P", "the address is a physical one");

    private static final Declaration DECLARATION = Declaration.of("kmem", "memory of the kernel")
            .options(
                    TOTALS,
                    SLABS,
                    OBJECTS,
                    ROOTS,
                    IGNORE,
                    PAGES,
                    MEMBERS,
                    FREE,
                    FREE_PAGES,
                    VMALLOC,
                    COUNTERS,
                    NODES,
                    ZONES,
                    OFFSETS,
                    HUGE,
                    FLAGS,
                    CACHE,
                    CACHE_PAGES,
                    PHYSICAL)
            .takes("address | cache | flags", 0, Declaration.ANY_NUMBER)
            .details(
                    "Without options, tells what an address belongs to: symbol, slab object, task, vmalloc area, page.")
            .example("kmem -i", "where has all the memory gone?")
            .example("kmem -s dentry", "one slab cache")
            .example("kmem ffff88003f0f8000", "what is there?");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        List<Result> parts = new ArrayList<>();
        for (Option option : DECLARATION.options()) {
            if (invocation.has(option)) {
                part(invocation, option, parts);
            }
        }
        if (parts.isEmpty() && invocation.words().isEmpty()) {
            throw new UsageException("an option or an address is missing; \"help kmem\" lists the options");
        }
        if (parts.isEmpty()) {
            for (String word : invocation.words()) {
                parts.add(new AddressOwner(invocation, invocation.has(PHYSICAL)).of(invocation.address(word)));
            }
        }
        return parts.size() == 1 ? parts.getFirst() : Result.several(parts);
    }

    private static void part(Invocation invocation, Option option, List<Result> parts) throws IOException {
        switch (option.name()) {
            case "i" -> parts.add(totals(invocation));
            case "s" -> parts.add(new SlabPart(invocation, ignored(invocation)).usage());
            case "S" -> parts.add(new SlabPart(invocation, ignored(invocation)).objects(cpus(invocation)));
            case "r" -> throw lacking("slab_root_caches", "kmem -s has all caches");
            case "p" -> parts.add(new PagesPart(invocation, invocation.has(PHYSICAL)).usage());
            case "m" ->
                parts.add(new PagesPart(invocation, invocation.has(PHYSICAL))
                        .members(invocation.value(MEMBERS).orElseThrow()));
            case "f" -> parts.add(free(invocation));
            case "F" -> parts.add(new FreeBlocksPart(invocation.kernel(), true).result());
            case "v" -> parts.add(VmallocPart.of(invocation));
            case "V" -> parts.add(CountersPart.of(invocation.kernel()));
            case "n" -> parts.add(NodesPart.of(invocation.kernel()));
            case "z" -> parts.add(ZonesPart.of(invocation.kernel()));
            case "o" -> parts.add(PerCpuPart.of(invocation.kernel()));
            case "h" -> parts.add(HugePagesPart.of(invocation.kernel()));
            case "g" -> parts.add(PageFlagsPart.of(invocation));
            case "c", "C" -> throw lacking("page_hash_table", "files -p shows the cached pages of an inode");
            default -> {
                // Changes what another option tells.
            }
        }
    }

    /// Of a thing that kernels of today do not have: as crash, which refuses them, and what to ask instead.
    private static UsageException lacking(String symbol, String instead) {
        return new UsageException("this kernel has no " + symbol + "; " + instead);
    }

    private static Result totals(Invocation invocation) throws IOException {
        String value = invocation.value(TOTALS).orElse("");
        if (!value.isEmpty() && !value.equals("shared")) {
            throw new UsageException("invalid value of -i: " + value + "; expected shared");
        }
        return TotalsPart.of(invocation.kernel(), !value.isEmpty());
    }

    private static List<Integer> cpus(Invocation invocation) throws IOException {
        String list = invocation.value(OBJECTS).orElse("");
        return CpuList.parse(list.isEmpty() ? "all" : list, invocation.kernel());
    }

    private static Result free(Invocation invocation) throws IOException {
        if (invocation.words().isEmpty()) {
            return new FreeBlocksPart(invocation.kernel(), false).result();
        }
        List<Result> blocks = new ArrayList<>();
        for (String word : invocation.words()) {
            long physical =
                    PagesPart.physicalOf(invocation.kernel(), invocation.address(word), invocation.has(PHYSICAL));
            long pfn = physical >>> invocation.kernel().memory().pageShift();
            new FreeBlockPart(invocation.kernel()).of(pfn).ifPresent(blocks::add);
        }
        return Result.several(blocks);
    }

    private static List<String> ignored(Invocation invocation) {
        List<String> names = new ArrayList<>();
        for (String list : invocation.arguments().values(IGNORE)) {
            int start = 0;
            for (int comma = list.indexOf(','); comma >= 0; comma = list.indexOf(',', start)) {
                names.add(list.substring(start, comma));
                start = comma + 1;
            }
            names.add(list.substring(start));
        }
        return names;
    }
}
