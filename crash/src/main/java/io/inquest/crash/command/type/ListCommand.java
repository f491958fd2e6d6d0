package io.inquest.crash.command.type;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.Walk;
import java.io.IOException;
import java.util.Optional;

/// `list`: goes along a linked list.
public final class ListCommand implements Command {

    private static final Option OFFSET = Option.value("o", "offset", "offset of the link: a number or struct.member");
    private static final Option END = Option.value("e", "address", "where to stop");
    private static final Option STRUCT = Option.value("s", "struct[.member,...]", "show each entry, or these members");
    private static final Option PLAIN = Option.value("S", "struct.member,...", "the same as bare numbers and texts");
    private static final Option LINKED = Option.value("l", "offset", "entries of -s have their link there");
    private static final Option HEAD = Option.flag("H", "the address is that of a head, which is no entry");
    private static final Option ENTRY = Option.flag("h", "the address is that of an entry, not of its link");
    private static final Option OFFSET_HEAD =
            Option.value("O", "offset", "the head is there in the struct at the address");
    private static final Option REVERSE = Option.flag("r", "against the direction of the links");
    private static final Option BRENT = Option.flag("B", "accepted as in crash: loops are found in any case");
    private static final Option HEXADECIMAL = Option.flag("x", "numbers in hexadecimal");
    private static final Option DECIMAL = Option.flag("d", "numbers in decimal");

    private static final Declaration DECLARATION = Declaration.of("list", "go along a linked list")
            .options(OFFSET, END, STRUCT, PLAIN, LINKED, HEAD, ENTRY, OFFSET_HEAD, REVERSE, BRENT, HEXADECIMAL, DECIMAL)
            .takes("[struct.member | offset] address | symbol", 1, 2)
            .details("""
                The link is the word at the offset, 0 without one. It holds the address of the next entry; with -h and
                -H, that of the next entry's link, as in a struct list_head. The list ends where it comes back to its
                start or to -e, or at a null pointer; coming back elsewhere is a damage, which is told.\
                """)
            .example("list -H modules -s module.name -l module.list", "the names of all modules")
            .example("list task_struct.tasks -s task_struct.pid,comm -h ffffffff81e10940", "all processes")
            .example("list -r -H super_blocks", "from the end to the start");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        int words = invocation.words().size();
        long offset = offset(invocation, words);
        long start = invocation.address(invocation.words().get(words - 1));
        Optional<String> embedded = invocation.value(OFFSET_HEAD);
        start += embedded.isPresent() ? StructCommand.offset(invocation, embedded.get()) : 0;
        requireKernelAddress(kernel, start);
        AddressSpace space = kernel.space();
        // With an offset of its own the head is no entry, whatever struct it is in.
        boolean head = invocation.has(HEAD) || embedded.isPresent();
        boolean entries = invocation.has(ENTRY) && !head;
        long back = invocation.has(REVERSE) ? kernel.machine().wordBytes() : 0;
        LinkWalk links = new LinkWalk(
                space,
                start,
                (head ? 0 : offset) + back,
                entries ? offset : 0,
                head,
                invocation.value(END).map(invocation::address).orElse(0L));
        Walk<Long> walk = links.walk();
        Optional<String> plain = invocation.value(PLAIN);
        EntryLayout layout = plain.isPresent()
                ? EntryLayout.plain(invocation, plain.get(), linked(invocation), hexadecimal(invocation))
                : EntryLayout.of(invocation, invocation.value(STRUCT), linked(invocation), hexadecimal(invocation));
        return Result.<Long>rows(
                "entries",
                sink -> {
                    for (long link : walk) {
                        sink.take(head ? link - offset : link);
                    }
                    return Ending.of(walk.end());
                },
                layout);
    }

    private static boolean hexadecimal(Invocation invocation) {
        return invocation.has(HEXADECIMAL)
                || (invocation.session().settings().isHexadecimal() && !invocation.has(DECIMAL));
    }

    /// Where the link is: in an option, or in the word before the address.
    private static long offset(Invocation invocation, int words) throws IOException {
        Optional<String> option = invocation.value(OFFSET);
        if (option.isPresent()) {
            return StructCommand.offset(invocation, option.get());
        }
        return words > 1 ? StructCommand.offset(invocation, invocation.words().getFirst()) : 0;
    }

    private static long linked(Invocation invocation) throws IOException {
        Optional<String> option = invocation.value(LINKED);
        return option.isEmpty() ? 0 : StructCommand.offset(invocation, option.get());
    }

    private static void requireKernelAddress(Kernel kernel, long address) throws IOException {
        if (!kernel.pageTables().isKernelAddress(address)) {
            throw new UsageException("invalid kernel virtual address: " + Long.toHexString(address));
        }
    }
}
