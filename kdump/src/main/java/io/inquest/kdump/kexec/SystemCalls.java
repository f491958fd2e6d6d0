package io.inquest.kdump.kexec;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The system calls about kernels, by the C library's `syscall(2)`: it has no functions of their own.
///
/// `kexec_file_load(kernel_fd, initrd_fd, cmdline_len, cmdline, flags)`, where the length counts the zero behind the
/// command line (kexec_file_load(2)); flags of `include/uapi/linux/kexec.h`.
public final class SystemCalls implements KexecCalls {

    private static final int FLAG_UNLOAD = 1;
    private static final int FLAG_ON_CRASH = 2;
    private static final int FLAG_NO_INITRAMFS = 4;

    /// A flag that no kernel has: a call with it does nothing.
    private static final int FLAG_UNKNOWN = 1 << 30;

    private static final int OPEN_READ_ONLY_CLOSE_ON_EXEC = 0x80000;

    private static final int REBOOT_KEXEC = 0x45584543;

    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final long fileLoad;
    private final MethodHandle syscall;
    private final MethodHandle open;
    private final MethodHandle close;
    private final MethodHandle reboot;

    /// Of this machine. Throws an [IOException] where the call has no number that is known.
    public SystemCalls() throws IOException {
        fileLoad = numberOf(System.getProperty("os.arch", ""));
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
        syscall = handle(
                linker, "syscall", FunctionDescriptor.of(word, word, word, word, word, ValueLayout.ADDRESS, word), 1);
        open = handle(
                linker,
                "open",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                2);
        close = handle(linker, "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), -1);
        reboot = handle(linker, "reboot", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), -1);
    }

    /// Numbers of `kexec_file_load` (`arch/x86/entry/syscalls/syscall_64.tbl`, `scripts/syscall.tbl` of Linux).
    private static long numberOf(String architecture) throws IOException {
        return switch (architecture) {
            case "amd64", "x86_64" -> 320;
            case "aarch64", "riscv64" -> 294;
            case "ppc64le", "ppc64" -> 382;
            case "s390x" -> 381;
            default -> throw new IOException("kernels cannot be loaded on " + architecture + " yet; use kexec(8)");
        };
    }

    /// @param variadicFrom the first argument of a variable number; negative if there is none
    @SuppressWarnings("restricted") // these types are those of the C library's functions
    private static MethodHandle handle(Linker linker, String name, FunctionDescriptor type, int variadicFrom) {
        MemorySegment address = linker.defaultLookup().findOrThrow(name);
        Linker.Option error = Linker.Option.captureCallState("errno");
        return variadicFrom < 0
                ? linker.downcallHandle(address, type, error)
                : linker.downcallHandle(address, type, error, Linker.Option.firstVariadicArg(variadicFrom));
    }

    /// Whether the running kernel has the call.
    public boolean isThere() throws IOException {
        try {
            unload(FLAG_UNKNOWN);
            return true;
        } catch (KexecRefused refused) {
            return Errno.of(refused.number()) != Errno.ENOSYS;
        }
    }

    @Override
    public void load(KernelSlot slot, KernelToLoad kernel) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(CAPTURED);
            int image = open(kernel.image(), arena, error);
            int initrd = -1;
            try {
                initrd = kernel.initrd().isPresent() ? open(kernel.initrd().get(), arena, error) : -1;
                byte[] line = kernel.commandLine().getBytes(StandardCharsets.UTF_8);
                MemorySegment text = arena.allocate(line.length + 1L);
                MemorySegment.copy(line, 0, text, ValueLayout.JAVA_BYTE, 0, line.length);
                int flags = flagsOf(slot) | (initrd < 0 ? FLAG_NO_INITRAMFS : 0);
                check(
                        (long) syscall.invokeExact(
                                error, fileLoad, (long) image, (long) initrd, line.length + 1L, text, (long) flags),
                        error);
            } finally {
                close(image, error);
                close(initrd, error);
            }
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IOException("kexec_file_load", failure);
        }
    }

    @Override
    public void unload(KernelSlot slot) throws IOException {
        unload(flagsOf(slot));
    }

    private void unload(int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(CAPTURED);
            long all = flags | FLAG_UNLOAD;
            check((long) syscall.invokeExact(error, fileLoad, -1L, -1L, 0L, MemorySegment.NULL, all), error);
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IOException("kexec_file_load", failure);
        }
    }

    /// Leaves the running kernel at once for the one that is loaded for a fast reboot. Returns only with an exception.
    public void execute() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(CAPTURED);
            check((int) reboot.invokeExact(error, REBOOT_KEXEC), error);
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IOException("reboot", failure);
        }
    }

    private static int flagsOf(KernelSlot slot) {
        return slot == KernelSlot.CRASH ? FLAG_ON_CRASH : 0;
    }

    private int open(Path file, Arena arena, MemorySegment error) throws Throwable {
        int descriptor =
                (int) open.invokeExact(error, arena.allocateFrom(file.toString()), OPEN_READ_ONLY_CLOSE_ON_EXEC);
        if (descriptor < 0) {
            throw new IOException(file + ": cannot be opened (error " + (int) ERROR.get(error, 0L) + ")");
        }
        return descriptor;
    }

    private void close(int descriptor, MemorySegment error) throws Throwable {
        if (descriptor >= 0) {
            int _ = (int) close.invokeExact(error, descriptor);
        }
    }

    private static void check(long answer, MemorySegment error) throws KexecRefused {
        if (answer < 0) {
            throw new KexecRefused((int) ERROR.get(error, 0L));
        }
    }
}
