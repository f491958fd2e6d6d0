package io.inquest.crash.command.type;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.MapleTree;
import io.inquest.kernel.object.Placed;
import io.inquest.kernel.object.RedBlackTree;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.XArray;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.util.Optional;

/// `tree`: goes through a tree of the kernel.
public final class TreeCommand implements Command {

    private static final Option KIND =
            Option.value("t", "rbtree | radix | xarray | maple", "the kind; rbtree without it");
    private static final Option ROOT_OFFSET =
            Option.value("r", "offset", "where the root is in the struct at the address");
    private static final Option NODE_OFFSET = Option.value("o", "offset", "where the rb_node is in the entries");
    private static final Option STRUCT = Option.value("s", "struct[.member,...]", "show each entry, or these members");
    private static final Option PLAIN = Option.value("S", "struct.member,...", "the same as bare numbers and texts");
    private static final Option LINEAR =
            Option.flag("l", "the entries of a red-black tree in its order, not by its branches");
    private static final Option POSITION = Option.flag("p", "the index and place of each entry");
    private static final Option NODE = Option.flag("N", "the address is that of a node, not of a root");
    private static final Option RANGES = Option.flag("v", "accepted as in crash, as -p");
    private static final Option HEXADECIMAL = Option.flag("x", "numbers in hexadecimal");
    private static final Option DECIMAL = Option.flag("d", "numbers in decimal");

    private static final Declaration DECLARATION = Declaration.of("tree", "go through a tree")
            .options(
                    KIND, ROOT_OFFSET, NODE_OFFSET, STRUCT, PLAIN, LINEAR, POSITION, NODE, RANGES, HEXADECIMAL, DECIMAL)
            .takes("[struct.member | offset] address | symbol", 1, 2)
            .details("""
                The address is that of a struct rb_root, radix_tree_root, xarray or maple_tree, with -N that of a node;
                of a maple tree it is the pointer to a node with its low bits. Entries come in the order of the tree,
                of a red-black tree each before those below it. Branches that the dump does not hold are left out, and told at the end.\
                """)
            .example("tree -t maple -r mm_struct.mm_mt ffff888003e1a000", "the areas of a task's memory")
            .example("tree -t xarray -s irq_desc.irq_data.irq sparse_irqs", "interrupt descriptors");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        int words = invocation.words().size();
        long address = invocation.address(invocation.words().get(words - 1));
        Optional<String> rootOffset = invocation.value(ROOT_OFFSET);
        address += rootOffset.isPresent() ? StructCommand.offset(invocation, rootOffset.get()) : 0;
        Walk<TreeEntry> walk = walk(invocation, address, nodeOffset(invocation, words));
        boolean hexadecimal = invocation.has(HEXADECIMAL)
                || (invocation.session().settings().isHexadecimal() && !invocation.has(DECIMAL));
        Optional<String> plain = invocation.value(PLAIN);
        EntryLayout each = plain.isPresent()
                ? EntryLayout.plain(invocation, plain.get(), 0, hexadecimal)
                : EntryLayout.of(invocation, invocation.value(STRUCT), 0, hexadecimal);
        boolean positions = invocation.has(POSITION) || invocation.has(RANGES);
        return Result.<TreeEntry>rows(
                "entries",
                sink -> {
                    for (TreeEntry entry : walk) {
                        sink.take(entry);
                    }
                    return Ending.of(walk.end());
                },
                new TreeEntry.EntryText(each, positions));
    }

    private static long nodeOffset(Invocation invocation, int words) throws IOException {
        Optional<String> option = invocation.value(NODE_OFFSET);
        if (option.isPresent()) {
            return StructCommand.offset(invocation, option.get());
        }
        return words > 1 ? StructCommand.offset(invocation, invocation.words().getFirst()) : 0;
    }

    private static Walk<TreeEntry> walk(Invocation invocation, long address, long nodeOffset) throws IOException {
        Kernel kernel = invocation.kernel();
        Types types = kernel.types();
        String kind = invocation.value(KIND).orElse("rbtree");
        boolean isNode = invocation.has(NODE);
        if ("rbtree".startsWith(kind)) {
            return redBlack(invocation, address, nodeOffset);
        }
        if ("maple".startsWith(kind)) {
            Walk<Placed<MapleTree.Entry>> entries = isNode
                    ? MapleTree.placedEntriesBelow(mapleNode(kernel, address), types)
                    : MapleTree.placedEntries(kernel.object("struct maple_tree", address), types);
            return entries.map(place -> new TreeEntry(
                    place.entry().word(),
                    TreeEntry.index(place.entry().first(), place.entry().last()),
                    place.way()));
        }
        if ("radix".startsWith(kind) || "xarray".startsWith(kind)) {
            Walk<Placed<XArray.Entry>> entries = isNode
                    ? XArray.placedEntriesBelow(KernelObject.at(kernel.space(), VoidType.VOID, address), types)
                    : XArray.placedEntries(root(kernel, address), types);
            return entries.map(place -> new TreeEntry(
                    place.entry().word(), Long.toUnsignedString(place.entry().index()), place.way()));
        }
        throw new UsageException("invalid tree type: " + kind + "; expected rbtree, radix, xarray or maple");
    }

    /// A maple node says nowhere of which type it is: only pointers to it do.
    private static KernelObject mapleNode(Kernel kernel, long pointer) throws IOException {
        if ((pointer & 3) != 2) {
            throw new UsageException("invalid maple node pointer: " + Long.toHexString(pointer)
                    + "; expected one with the node's type in its low bits, as in maple_tree.ma_root");
        }
        KernelType type = kernel.types().pointerTo(VoidType.VOID);
        return KernelObject.ofValue(kernel.space(), type, pointer);
    }

    private static Walk<TreeEntry> redBlack(Invocation invocation, long address, long nodeOffset) throws IOException {
        Kernel kernel = invocation.kernel();
        StructType type = kernel.types().struct("rb_node");
        KernelObject top = invocation.has(NODE)
                ? KernelObject.at(kernel.space(), type, address)
                : kernel.object("struct rb_root", address).member("rb_node").dereference();
        Walk<Placed<KernelObject>> nodes =
                invocation.has(LINEAR) ? RedBlackTree.nodesInOrder(top) : RedBlackTree.nodesBelow(top);
        return nodes.map(place -> new TreeEntry(place.entry().address() - nodeOffset, "", place.way()));
    }

    private static KernelObject root(Kernel kernel, long address) throws IOException {
        Optional<StructType> xarray = kernel.types().findStruct("xarray");
        StructType type = xarray.isPresent() ? xarray.get() : kernel.types().struct("radix_tree_root");
        return KernelObject.at(kernel.space(), type, address);
    }
}
