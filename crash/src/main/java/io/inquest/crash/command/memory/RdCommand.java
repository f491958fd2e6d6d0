package io.inquest.crash.command.memory;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Result;
import io.inquest.dump.io.GivenName;
import io.inquest.dump.io.OwnerFile;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.slab.SlabCaches;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Optional;

/// `rd`: the contents of memory.
public final class RdCommand implements Command {

    private static final Option PHYSICAL = Option.flag("p", "the address is a physical one");
    private static final Option USER = Option.flag("u", "the address is one of the current task's");
    private static final Option DECIMAL = Option.flag("d", "signed decimal numbers");
    private static final Option UNSIGNED = Option.flag("D", "unsigned decimal numbers");
    private static final Option SYMBOLIC = Option.flag("s", "names for addresses of symbols");
    private static final Option SLABS = Option.flag("S", "also names of slab caches; -SS with the address");
    private static final Option NO_TEXT = Option.flag("x", "no characters beside the numbers");
    private static final Option TEXT = Option.flag("a", "characters only, up to the first that is none");
    private static final Option NETWORK = Option.flag("N", "numbers in network byte order");
    private static final Option REVERSE = Option.flag("R", "what ends at the address instead of what begins there");
    private static final Option FILE_OFFSET = Option.flag("f", "the address is an offset in the dump file");
    private static final Option MACHINE = Option.flag("m", "accepted as in crash: addresses of a Xen host");
    private static final Option BITS_8 = Option.flag("8", "units of 8 bits");
    private static final Option BITS_16 = Option.flag("16", "units of 16 bits");
    private static final Option BITS_32 = Option.flag("32", "units of 32 bits");
    private static final Option BITS_64 = Option.flag("64", "units of 64 bits, as without it");
    private static final Option OFFSET = Option.value("o", "offset", "is added to the address");
    private static final Option END = Option.value("e", "address", "where to end");
    private static final Option TO_FILE = Option.value("r", "file", "write the bytes to a file");

    private static final Declaration DECLARATION = Declaration.of("rd", "read memory")
            .options(
                    PHYSICAL,
                    USER,
                    DECIMAL,
                    UNSIGNED,
                    SYMBOLIC,
                    SLABS,
                    NO_TEXT,
                    TEXT,
                    NETWORK,
                    REVERSE,
                    BITS_8,
                    BITS_16,
                    BITS_32,
                    BITS_64,
                    OFFSET,
                    END,
                    TO_FILE,
                    FILE_OFFSET,
                    MACHINE)
            .takes("address | symbol [count]", 1, 2)
            .details("""
                An address below the kernel's half is one of the current task's memory (see set). The count is that
                of units, with -r of bytes.\
                """)
            .example("rd jiffies", "one number")
            .example("rd -s ffffc9000d35bcd0 64", "a stack with names")
            .example("rd -a linux_banner", "a text");

    private static final int LONGEST_TEXT = 4096;
    private static final int TEXT_COLUMNS = 60;
    private static final int COPY_BYTES = 1 << 16;

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        long start = invocation.address(invocation.words().getFirst());
        start += invocation.value(OFFSET).map(invocation::number).orElse(0L);
        Source source = source(invocation, kernel, start);
        if (invocation.has(TO_FILE)) {
            return copied(invocation, source, start);
        }
        if (invocation.has(TEXT)) {
            return text(source, start, longestText(invocation));
        }
        int unit = unitBytes(invocation, kernel);
        long count = count(invocation, start, unit);
        if (invocation.has(REVERSE)) {
            start -= (count - 1) * unit;
        }
        boolean numbers = invocation.has(DECIMAL) || invocation.has(UNSIGNED);
        boolean names = invocation.has(SYMBOLIC) || invocation.has(SLABS);
        return new MemoryRows(
                        source,
                        unit,
                        invocation.has(NETWORK)
                                ? ByteOrder.BIG_ENDIAN
                                : kernel.machine().order(),
                        cells(invocation, kernel, unit),
                        !invocation.has(NO_TEXT) && !numbers && !names)
                .from(start, count);
    }

    private static Source source(Invocation invocation, Kernel kernel, long start) throws IOException {
        if (invocation.has(MACHINE)) {
            throw new UsageException("-m option only applies to xen architecture");
        }
        if (invocation.has(FILE_OFFSET)) {
            return Source.file(invocation);
        }
        if (invocation.has(PHYSICAL)) {
            return Source.physical(kernel);
        }
        return invocation.has(USER) ? Source.user(invocation) : Source.of(invocation, start);
    }

    private static int unitBytes(Invocation invocation, Kernel kernel) {
        if (invocation.has(BITS_8)) {
            return 1;
        }
        if (invocation.has(BITS_16)) {
            return 2;
        }
        return invocation.has(BITS_32)
                ? 4
                : invocation.has(BITS_64) ? 8 : kernel.machine().wordBytes();
    }

    private static long count(Invocation invocation, long start, int unit) {
        Optional<String> end = invocation.value(END);
        if (end.isPresent()) {
            long bytes = invocation.address(end.get()) - start;
            if (bytes <= 0) {
                throw new UsageException("invalid ending address: " + Long.toHexString(start + bytes));
            }
            return Math.ceilDiv(bytes, unit);
        }
        return invocation.words().size() > 1
                ? invocation.count(invocation.words().get(1), 1)
                : 1;
    }

    private static Cells cells(Invocation invocation, Kernel kernel, int unit) throws IOException {
        if (invocation.has(SYMBOLIC) || invocation.has(SLABS)) {
            SlabCaches caches = invocation.has(SLABS) ? SlabCaches.of(kernel) : null;
            return Cells.symbolic(
                    kernel.symbols(), caches, invocation.arguments().count(SLABS) > 1);
        }
        if (invocation.has(DECIMAL) || invocation.has(UNSIGNED)) {
            return Cells.decimal(unit, invocation.has(DECIMAL));
        }
        return Cells.hexadecimal(unit);
    }

    private static int longestText(Invocation invocation) {
        return invocation.words().size() > 1
                ? Math.min(LONGEST_TEXT, invocation.count(invocation.words().get(1), 1))
                : LONGEST_TEXT;
    }

    /// Lines of printable characters up to the first NUL or other byte that is none.
    private static Result text(Source source, long start, int longest) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < longest) {
            int c = source.read(start + text.length(), 1, "ascii")[0];
            if (c < 0x20 || c == 0x7f) {
                break;
            }
            text.append((char) c);
        }
        StringBuilder lines = new StringBuilder();
        for (int from = 0; from < Math.max(1, text.length()); from += TEXT_COLUMNS) {
            String address = Long.toHexString(start + from);
            lines.repeat(' ', Math.max(0, 16 - address.length()))
                    .append(address)
                    .append(":  ");
            lines.append(text, from, Math.min(text.length(), from + TEXT_COLUMNS))
                    .append('\n');
        }
        return Result.text(lines.toString());
    }

    private static Result copied(Invocation invocation, Source source, long start) throws IOException {
        String name = invocation.value(TO_FILE).orElseThrow();
        long count = count(invocation, start, 1);
        try (OutputStream file = Channels.newOutputStream(OwnerFile.replace(GivenName.path(name)))) {
            for (long done = 0; done < count; ) {
                int piece = (int) Math.min(COPY_BYTES, count - done);
                file.write(source.read(start + done, piece, "memory"));
                done += piece;
            }
        }
        return Result.text(count + " bytes copied from 0x" + Long.toHexString(start) + " to " + name + "\n");
    }
}
