package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The stacks of a CPU of x86-64 beside those of tasks, as the CPU itself is told of them.
///
/// | Stack      | Its top is in                                           | Its size                      |
/// |------------|---------------------------------------------------------|-------------------------------|
/// | IRQ        | per-CPU `hardirq_stack_ptr`; 6.2–6.14 in `pcpu_hot`,    | that of a task's              |
/// |            | until 5.1 `irq_stack_ptr`                               |                               |
/// | exceptions | per-CPU `cpu_tss_rw`, `x86_tss.ist[]`; until 4.14       | `struct cea_exception_stacks` |
/// |            | `cpu_tss`                                               |                               |
/// | entry      | the same, `x86_tss.sp0`                                 | `struct entry_stack`          |
///
/// (kernel: `arch/x86/include/asm/processor.h`, `arch/x86/include/asm/cpu_entry_area.h`)
final class CpuStacks {

    /// What crash(8) calls the stacks, in the order of the processor's table since 3.x; VC since 5.10.
    private static final List<String> EXCEPTIONS = List.of("DOUBLEFAULT", "NMI", "DEBUG", "MCE", "VC");

    /// Beginnings of the names of their members in `struct cea_exception_stacks`.
    private static final List<String> MEMBERS = List.of("DF_stack", "NMI_stack", "DB_stack", "MCE_stack", "VC_stack");

    private static final int PAGE = 1 << PageTables.PAGE_SHIFT;

    /// A stack whose size no type tells, or only a damaged one, goes down to the first page that is not
    /// mapped, or so many pages.
    private static final int MOST_PAGES = 8;

    private final Kernel kernel;
    private final int cpu;
    private final int irqStackBytes;
    private final List<StackArea> found = new ArrayList<>();

    CpuStacks(Kernel kernel, int cpu, int irqStackBytes) {
        this.kernel = kernel;
        this.cpu = cpu;
        this.irqStackBytes = irqStackBytes;
    }

    List<StackArea> find() throws IOException {
        addIrqStack();
        Optional<KernelObject> tss = first("cpu_tss_rw", "cpu_tss").flatMap(each -> each.find("x86_tss"));
        if (tss.isPresent()) {
            addExceptionStacks(tss.get());
            addEntryStack(tss.get());
        }
        return found;
    }

    /// The pointer is to the last word of the stack or, in old kernels, behind it.
    private void addIrqStack() throws IOException {
        Optional<KernelObject> pointer = first("hardirq_stack_ptr", "irq_stack_ptr");
        if (pointer.isEmpty()) {
            pointer = first("pcpu_hot").flatMap(hot -> hot.find("hardirq_stack_ptr"));
        }
        if (pointer.isPresent()) {
            long top = value(pointer.get()) + PAGE - 1 & -PAGE;
            add(StackArea.Kind.IRQ, "IRQ", top, irqStackBytes);
        }
    }

    private void addExceptionStacks(KernelObject tss) throws IOException {
        Optional<KernelObject> tops = tss.find("ist");
        for (int i = 0; tops.isPresent() && i < Math.min(tops.get().length(), EXCEPTIONS.size()); i++) {
            long top = value(tops.get().element(i));
            if (top != 0 && isMapped(top - 1)) {
                add(StackArea.Kind.EXCEPTION, EXCEPTIONS.get(i), top, exceptionStackBytes(MEMBERS.get(i), top));
            }
        }
    }

    private long exceptionStackBytes(String member, long top) throws IOException {
        Optional<StructType> type = kernel.types().findStruct("cea_exception_stacks");
        Optional<Long> bytes = type.flatMap(struct -> struct.member(member))
                .map(found -> found.type().bytes());
        return bytes.isPresent() && isStackSize(bytes.get()) ? bytes.get() : mappedBytesBelow(top);
    }

    private long mappedBytesBelow(long top) throws IOException {
        long bytes = 0;
        while (bytes < (long) MOST_PAGES * PAGE && isMapped(top - bytes - 1)) {
            bytes += PAGE;
        }
        return bytes;
    }

    /// The stack for `#VC` is there only in guests whose memory is encrypted.
    private boolean isMapped(long address) throws IOException {
        return kernel.space().translate(address, 1) instanceof Mapping.Mapped;
    }

    private void addEntryStack(KernelObject tss) throws IOException {
        Optional<StructType> type = kernel.types().findStruct("entry_stack");
        Optional<KernelObject> top = tss.find("sp0");
        if (type.isPresent() && top.isPresent()) {
            add(StackArea.Kind.ENTRY, "ENTRY", value(top.get()), type.get().bytes());
        }
    }

    private void add(StackArea.Kind kind, String name, long top, long bytes) {
        if (top != 0 && isStackSize(bytes)) {
            found.add(new StackArea(kind, name, top - bytes, top));
        }
    }

    /// Whole stacks are copied, so a size that damaged types tell must not be believed.
    private static boolean isStackSize(long bytes) {
        return bytes > 0 && bytes <= X86_64Stacks.LARGEST_STACK;
    }

    /// 0 where the dump does not hold it.
    private static long value(KernelObject pointer) {
        try {
            return pointer.unsigned();
        } catch (MemoryFault lost) {
            return 0;
        }
    }

    private Optional<KernelObject> first(String... symbols) throws IOException {
        for (String symbol : symbols) {
            Optional<KernelObject> found = perCpu(symbol);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<KernelObject> perCpu(String symbol) throws IOException {
        if (kernel.symbols().core().address(symbol).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(kernel.perCpu(symbol, cpu));
        } catch (MissingType | MemoryFault unknown) {
            return Optional.empty();
        }
    }
}
