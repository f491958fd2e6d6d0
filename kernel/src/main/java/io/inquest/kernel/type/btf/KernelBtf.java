package io.inquest.kernel.type.btf;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the BTF of the dead kernel in its own memory: the section between `__start_BTF` and `__stop_BTF`.
///
/// What is found there has to describe this kernel: `task_struct.comm` has 16 bytes, and `list_head` is as the
/// vmcoreinfo note says.
public final class KernelBtf {

    /// `TASK_COMM_LEN`, part of the ABI.
    private static final int COMM_BYTES = 16;

    private static final int PIECE_BYTES = 4096;

    private KernelBtf() {}

    /// The BTF between two symbols.
    ///
    /// Throws a [DumpException] that says what is there instead.
    public static Btf between(AddressSpace space, VmcoreInfo info, long start, long stop) throws IOException {
        return checked(space, info, start, stop - start);
    }

    /// The BTF in the kernel image, for when no symbol tells where; slow.
    ///
    /// Throws a [DumpException] when there is none.
    public static Btf scan(AddressSpace space, VmcoreInfo info) throws IOException {
        OptionalLong text = info.symbol("_stext");
        if (text.isEmpty()) {
            throw new DumpException("the kernel's BTF cannot be found: vmcoreinfo has no SYMBOL(_stext)");
        }
        BtfScan scan = new BtfScan(space, text.getAsLong());
        OptionalLong found = scan.longest();
        if (found.isEmpty()) {
            String why = scan.lostPages() == 0
                    ? "this kernel has no BTF: none was found from " + Hex.of(text.getAsLong()) + " on"
                    : "the kernel's BTF was not found from " + Hex.of(text.getAsLong()) + " on, where the dump lacks "
                            + scan.lostPages() + " pages";
            throw new DumpException(why + "; its types need a debug vmlinux");
        }
        return checked(space, info, found.getAsLong(), scan.bytes());
    }

    /// The BTF at an address, if it describes this kernel. Of one that does not because a part of it is not in the
    /// dump,
    /// that is what is to be said.
    private static Btf checked(AddressSpace space, VmcoreInfo info, long address, long bytes) throws IOException {
        try {
            return checked(at(space, address, bytes), info, address);
        } catch (DumpException useless) {
            LostPieces lost =
                    bytes > BtfHeader.LARGEST_SECTION ? LostPieces.NONE : LostPieces.of(space, address, bytes);
            if (lost.count() == 0) {
                throw useless;
            }
            throw new DumpException(
                    "the kernel's BTF at " + Hex.of(address) + " cannot be used: " + lost.count() + " of its "
                            + lost.all() + " pages cannot be read (" + lost.why()
                            + "); its types need a debug vmlinux, or a dump that has them",
                    useless);
        }
    }

    /// The pages of a section that cannot be read.
    ///
    /// @param why what is said of the first
    private record LostPieces(int count, int all, String why) {

        private static final LostPieces NONE = new LostPieces(0, 0, "");

        static LostPieces of(AddressSpace space, long address, long bytes) throws IOException {
            int count = 0;
            int all = 0;
            String why = "";
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            for (long done = 0; done < bytes; done += piece.limit()) {
                piece.clear().limit((int) Math.min(PIECE_BYTES - (address + done & PIECE_BYTES - 1), bytes - done));
                all++;
                try {
                    space.read(address + done, piece);
                } catch (MemoryFault absent) {
                    why = count++ == 0 ? absent.getMessage() : why;
                }
            }
            return new LostPieces(count, all, why);
        }
    }

    private static Btf at(AddressSpace space, long address, long bytes) throws IOException {
        try {
            return Btf.of("vmlinux", read(space, address, bytes), space.order(), space.wordBytes());
        } catch (MalformedBtf malformed) {
            throw new DumpException(
                    "no BTF at " + Hex.of(address) + " where the kernel has its own: " + malformed.getMessage(),
                    malformed);
        }
    }

    /// The bytes of a section; what cannot be read is zero, which ends the list of types or leaves names empty.
    ///
    /// Throws a [MalformedBtf] when a section cannot have that size.
    public static byte[] read(AddressSpace space, long address, long bytes) throws IOException, MalformedBtf {
        if (bytes < BtfHeader.SHORTEST || bytes > BtfHeader.LARGEST_SECTION) {
            throw new MalformedBtf("its size is " + Hex.of(bytes));
        }
        ByteBuffer section = ByteBuffer.allocate((int) bytes);
        try {
            space.read(address, section);
        } catch (MemoryFault partly) {
            readPieces(space, address, section.clear());
        }
        return section.array();
    }

    private static void readPieces(AddressSpace space, long address, ByteBuffer section) throws IOException {
        int bytes = section.capacity();
        for (int done = 0; done < bytes; ) {
            int piece = (int) Math.min(PIECE_BYTES - (address + done & PIECE_BYTES - 1), bytes - done);
            try {
                space.read(address + done, section.limit(done + piece).position(done));
            } catch (MemoryFault absent) {
                section.put(done, new byte[piece]);
            }
            done += piece;
        }
    }

    private static Btf checked(Btf btf, VmcoreInfo info, long address) throws DumpException {
        Optional<StructType> task = struct(btf, "task_struct");
        Optional<KernelType> comm =
                task.flatMap(struct -> struct.member("comm")).map(Member::type);
        if (comm.isEmpty() || !(comm.get().plain() instanceof ArrayType array) || array.bytes() != COMM_BYTES) {
            throw new DumpException("the BTF at " + Hex.of(address) + " does not describe a kernel: it has no"
                    + " task_struct with a comm of " + COMM_BYTES + " bytes");
        }
        OptionalLong noted = info.size("list_head");
        long found = struct(btf, "list_head").map(StructType::bytes).orElse(0L);
        if (noted.isPresent() && noted.getAsLong() != found) {
            throw new DumpException("the BTF at " + Hex.of(address) + " is not this kernel's: its list_head has "
                    + found + " bytes, vmcoreinfo says " + noted.getAsLong());
        }
        return btf;
    }

    private static Optional<StructType> struct(Btf btf, String tag) {
        List<KernelType> found = btf.named(TypeKind.STRUCT, tag);
        return found.isEmpty() || !(found.getFirst() instanceof StructType struct)
                ? Optional.empty()
                : Optional.of(struct);
    }
}
