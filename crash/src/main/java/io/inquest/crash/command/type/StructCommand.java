package io.inquest.crash.command.type;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.memory.RawMemory;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.value.StructText;
import io.inquest.crash.value.ValueText;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypedefType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `struct`, `union` and `*`: the definition of a type, or what lies at an address as that type.
public final class StructCommand implements Command {

    private static final Option OFFSETS = Option.flag("o", "the offset of each member; with an address, its address");
    private static final Option EMBEDDED =
            Option.value("l", "offset", "the address is that of a member: its offset or struct.member");
    private static final Option RAW = Option.flag("r", "the bytes of the object");
    private static final Option FILE_OFFSET = Option.flag("f", "the address is an offset in the dump file");
    private static final Option USER = Option.flag("u", "the address is one of the current task's");
    private static final Option HEXADECIMAL = Option.flag("x", "numbers in hexadecimal");
    private static final Option DECIMAL = Option.flag("d", "numbers in decimal");
    private static final Option POINTERS = Option.flag("p", "also what the members point at");
    private static final Option COUNT = Option.value("c", "count", "number of objects, one after the other");

    private final String name;
    private final TypeRequest.Accepts accepts;

    private StructCommand(String name, TypeRequest.Accepts accepts) {
        this.name = name;
        this.accepts = accepts;
    }

    public static StructCommand struct() {
        return new StructCommand("struct", TypeRequest.Accepts.STRUCTS);
    }

    public static StructCommand union() {
        return new StructCommand("union", TypeRequest.Accepts.UNIONS);
    }

    /// `*`, which takes typedefs, too.
    public static StructCommand any() {
        return new StructCommand("*", TypeRequest.Accepts.ALL);
    }

    @Override
    public Declaration declaration() {
        return Declaration.of(name, "the definition of a C type, or an object of it in memory")
                .options(OFFSETS, EMBEDDED, RAW, FILE_OFFSET, USER, HEXADECIMAL, DECIMAL, POINTERS, COUNT)
                .takes("type[.member,...] [address | symbol][:cpus] [count]", 1, 3)
                .details("""
                    Without an address the definition is shown, with one the value. Members may lie deeper, as in
                    se.avg.util_avg or cpus_mask.bits[0]. A symbol of a per-CPU variable with :0-3, :all or : (the
                    current CPU) stands for the variables of those CPUs. A negative count shows the objects up
                    to the one at the address. What the dump does not hold is shown as such, the rest is printed.\
                    """)
                .example(name + " task_struct.comm,pid init_task", "two members of the first task")
                .example(name + " rq.nr_running runqueues:a", "a member of a per-CPU variable")
                .example(name + " -o list_head", "where the members are");
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        List<String> words = invocation.words();
        TypeRequest request = TypeRequest.parse(kernel.typesWithModules(), words.getFirst(), accepts);
        for (MemberPath member : request.members()) {
            member.in(KernelObject.at(kernel.space(), request.struct(), 0));
        }
        if (words.size() == 1) {
            return definition(request, invocation);
        }
        return objects(invocation, request);
    }

    private static Result definition(TypeRequest request, Invocation invocation) throws IOException {
        KernelType type = request.type();
        boolean offsets = invocation.has(OFFSETS);
        boolean hexadecimal = isHexadecimal(invocation);
        String text;
        if (type.plain() instanceof StructType struct
                && (offsets || !request.members().isEmpty())) {
            text = withOffsets(new StructText(struct, hexadecimal), struct, request.members(), invocation.kernel());
        } else if (type instanceof TypedefType typedef) {
            text = StructText.typedef(typedef);
        } else {
            text = new StructText(request.struct(), hexadecimal).definition();
        }
        return Result.one(new StructLayout.Definition(type, text), new StructLayout.OfDefinition());
    }

    private static String withOffsets(StructText all, StructType struct, List<MemberPath> members, Kernel kernel)
            throws IOException {
        if (members.isEmpty()) {
            return all.withOffsets();
        }
        KernelObject anywhere = KernelObject.at(kernel.space(), struct, 0);
        StringBuilder text = new StringBuilder();
        for (MemberPath member : members) {
            KernelObject place = member.in(anywhere);
            text.append(all.memberAt(place.type(), member.text(), place.address()));
        }
        return text.toString();
    }

    private Result objects(Invocation invocation, TypeRequest request) throws IOException {
        Kernel kernel = invocation.kernel();
        CpuSpec spec = CpuSpec.parse(invocation.words().get(1));
        if (!spec.isGiven() && kernel.isPerCpu(spec.word()) && !invocation.has(OFFSETS)) {
            throw new UsageException(spec.word() + " is per CPU: name CPUs, as in " + spec.word() + ":0");
        }
        long start = invocation.has(FILE_OFFSET)
                ? invocation.number(spec.word())
                : invocation.address(spec.word()) - embedded(invocation);
        List<StructLayout.Row> rows = new ArrayList<>();
        RawMemory memory = RawMemory.of(invocation, invocation.has(USER), invocation.has(FILE_OFFSET));
        AddressSpace space = memory.space();
        if (spec.isGiven()) {
            for (int cpu : spec.cpus(invocation)) {
                long address = kernel.perCpu().address(start, cpu);
                String heading = "[" + cpu + "]: " + Long.toHexString(address);
                rows.add(new StructLayout.Row(KernelObject.at(space, request.type(), address), heading, false));
            }
        } else {
            series(rows, KernelObject.at(space, request.type(), start), count(invocation));
        }
        if (invocation.has(RAW)) {
            return Result.several(
                    rows.stream().map(row -> memory.words(row.object())).toList());
        }
        if (invocation.has(OFFSETS)) {
            return addresses(rows, request, isHexadecimal(invocation));
        }
        memory.requireReadable(rows.getFirst().object());
        return Result.rows("objects", RowSource.of(rows), layout(invocation, request.members()));
    }

    private static void series(List<StructLayout.Row> rows, KernelObject first, int count) {
        long bytes = first.bytes();
        int before = Math.min(count + 1, 0);
        for (int i = before; i < Math.max(count, 1); i++) {
            KernelObject object = KernelObject.at(first.space(), first.type(), first.address() + i * bytes);
            rows.add(new StructLayout.Row(object, "", i > before));
        }
    }

    private static Result addresses(List<StructLayout.Row> rows, TypeRequest request, boolean hexadecimal) {
        StructText text = new StructText(request.struct(), hexadecimal);
        StringBuilder all = new StringBuilder();
        for (StructLayout.Row row : rows) {
            long address = row.object().address();
            if (request.members().isEmpty()) {
                all.append(text.withAddresses(address));
            }
            for (MemberPath member : request.members()) {
                KernelObject place = member.in(row.object());
                all.append(text.memberAtAddress(place.type(), member.text(), place.address()));
            }
        }
        return Result.one(new StructLayout.Definition(request.type(), all.toString()), new StructLayout.OfDefinition());
    }

    private static StructLayout layout(Invocation invocation, List<MemberPath> members) throws IOException {
        ValueText values = invocation.values(isHexadecimal(invocation));
        return new StructLayout(
                values,
                members,
                invocation.has(POINTERS),
                invocation.session().settings().mostElements());
    }

    private static boolean isHexadecimal(Invocation invocation) {
        return invocation.has(HEXADECIMAL)
                || (invocation.session().settings().isHexadecimal() && !invocation.has(DECIMAL));
    }

    /// Offset of the member whose address was given.
    private static long embedded(Invocation invocation) throws IOException {
        Optional<String> given = invocation.value(EMBEDDED);
        return given.isEmpty() ? 0 : offset(invocation, given.get());
    }

    /// A number, or the offset of `struct.member`.
    static long offset(Invocation invocation, String word) throws IOException {
        int dot = word.indexOf('.');
        if (dot < 0) {
            return invocation.number(word);
        }
        StructType struct = invocation.kernel().typesWithModules().struct(word.substring(0, dot));
        KernelObject anywhere = KernelObject.at(invocation.kernel().space(), struct, 0);
        return new MemberPath(word.substring(dot + 1)).in(anywhere).address();
    }

    private static int count(Invocation invocation) {
        Optional<String> option = invocation.value(COUNT);
        String word =
                option.orElse(invocation.words().size() > 2 ? invocation.words().get(2) : "1");
        try {
            int count = Integer.parseInt(word);
            if (count != 0) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new UsageException("invalid count: " + word);
    }
}
