package io.inquest.kernel.type.btf;

import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.TypeSource;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One BTF section as a description of types: that of vmlinux, or a module's that builds upon it (split BTF).
///
/// Opening notes where each record begins; indexes of names and the types themselves are made when they are first
/// asked for. Records have ids that count on over base and split section: 0 is `void`, the base begins with 1, a
/// module where its base ends. In the same way, offsets of strings count on behind those of the base.
///
/// Whatever the bytes say, nothing is thrown but a [MalformedBtf] at opening: ids and strings outside the section
/// are `void` and nameless, and so are damaged records.
public final class Btf implements TypeSource {

    private final String name;
    private final BtfSection section;
    private final BtfRecords records;
    private final @Nullable Btf base;
    private final @Nullable Btf fittedTo;
    private final int startId;
    private final int stringStart;
    private final BtfTypes types;
    private @Nullable NameIndex typeNames;
    private @Nullable NameIndex functionNames;
    private @Nullable NameIndex enumeratorNames;

    private Btf(String name, BtfSection section, Within within, int pointerBytes) {
        this.name = name;
        this.section = section;
        this.records = new BtfRecords(section, within.stringStart, within.startId);
        this.base = within.base;
        this.fittedTo = within.fittedTo;
        this.startId = within.startId;
        this.stringStart = within.stringStart;
        this.types = new BtfTypes(this, pointerBytes);
    }

    /// What a section builds upon; `fittedTo` is the kernel that the stubs of a distilled base stand for.
    private record Within(
            @Nullable Btf base,
            int startId,
            int stringStart,
            @Nullable Btf fittedTo) {

        static final Within ALONE = new Within(null, 1, 0, null);
    }

    /// The BTF of a kernel. `name` is what messages call its file, `pointerBytes` the machine's pointer size.
    public static Btf of(String name, byte[] section, ByteOrder order, int pointerBytes) throws MalformedBtf {
        return new Btf(name, BtfSection.of(section, order), Within.ALONE, pointerBytes);
    }

    /// The BTF of a module that goes on where `base` ends.
    public static Btf split(String name, byte[] section, ByteOrder order, Btf base) throws MalformedBtf {
        int startId = base.startId + base.records.count();
        return split(name, section, order, base, startId, base.stringStart + base.stringBytes());
    }

    /// The BTF of a module's file that brings its own distilled base (`.BTF.base`), fitted to `kernel`.
    public static Btf distilled(String name, byte[] section, byte[] base, ByteOrder order, Btf kernel)
            throws MalformedBtf {
        Within stubs = new Within(null, 1, 0, kernel);
        Btf distilled = new Btf(name + "'s base", BtfSection.of(base, order), stubs, kernel.pointerBytes());
        return split(name, section, order, distilled);
    }

    /// The BTF of a module as the kernel has loaded it, whose `struct btf` says where the base ended: `start_id`
    /// and `start_str_off`. So it is right even where the base is damaged.
    public static Btf split(String name, byte[] section, ByteOrder order, Btf base, int startId, int stringStart)
            throws MalformedBtf {
        Within within = new Within(base, startId, stringStart, null);
        return new Btf(name, BtfSection.of(section, order), within, base.pointerBytes());
    }

    @Override
    public String describe() {
        String count = grouped(records.count()) + " types";
        String damage = records.damaged() == 0 ? "" : ", " + grouped(records.damaged()) + " of them damaged";
        String end = records.whole() ? "" : ", those behind them lost";
        return "BTF of " + name + " (" + count + damage + end + ")";
    }

    @Override
    public boolean isDamaged() {
        return records.damaged() > 0 || !records.whole() || section.hasStrangeStrings();
    }

    private static String grouped(int number) {
        return number < 1000
                ? Integer.toString(number)
                : grouped(number / 1000) + ","
                        + Integer.toString(number % 1000 + 1000).substring(1);
    }

    /// Number of types in this section, `void` not counted.
    public int count() {
        return records.count();
    }

    /// The id of its first type.
    public int startId() {
        return startId;
    }

    /// The type of an id; `void` for 0 and for ids that are none or of no type.
    public KernelType type(int id) {
        Btf owner = ownerOf(id);
        KernelType type = owner.types.ofRecord(owner.recordOf(id));
        return owner.fittedTo == null ? type : DistilledBase.fitted(type, owner.fittedTo);
    }

    /// The section that an id belongs to: this one or its base.
    Btf ownerOf(int id) {
        return (base != null && id < startId) ? base.ownerOf(id) : this;
    }

    /// The record of an id of this section, or a number that none has.
    int recordOf(int id) {
        return id - startId;
    }

    @Override
    public List<KernelType> named(TypeKind kind, String name) {
        List<KernelType> defined = new ArrayList<>();
        List<KernelType> declared = new ArrayList<>();
        NameIndex index = kind == TypeKind.FUNCTION ? functionNames() : typeNames();
        index.find(latin(name), position -> {
            int record = records.recordAt(position);
            if (isOf(kind, record)) {
                (records.kind(record) == BtfKind.FWD ? declared : defined).add(types.ofRecord(record));
            }
        });
        defined.addAll(declared);
        return defined;
    }

    private boolean isOf(TypeKind wanted, int record) {
        return switch (records.kind(record)) {
            case BtfKind.STRUCT -> wanted == TypeKind.STRUCT;
            case BtfKind.UNION -> wanted == TypeKind.UNION;
            case BtfKind.FWD -> wanted == (records.kindFlag(record) ? TypeKind.UNION : TypeKind.STRUCT);
            case BtfKind.ENUM, BtfKind.ENUM64 -> wanted == TypeKind.ENUM;
            case BtfKind.TYPEDEF -> wanted == TypeKind.TYPEDEF;
            case BtfKind.INT, BtfKind.FLOAT -> wanted == TypeKind.BASE;
            case BtfKind.FUNC -> wanted == TypeKind.FUNCTION;
            default -> false;
        };
    }

    /// BTF describes the per-CPU variables, and others only where pahole was told to.
    @Override
    public Optional<KernelType> variable(String name) {
        List<KernelType> found = new ArrayList<>();
        typeNames().find(latin(name), position -> {
            int record = records.recordAt(position);
            if (records.kind(record) == BtfKind.VAR) {
                found.add(type(records.sizeOrType(record)));
            }
        });
        return found.stream().findFirst();
    }

    @Override
    public OptionalLong enumerator(String name) {
        List<Long> found = new ArrayList<>();
        enumeratorNames().find(latin(name), position -> {
            int record = records.recordAt(position);
            found.add(types.enumeratorValue(record, (position - records.position(record)) / Integer.BYTES));
        });
        return found.stream().mapToLong(Long::longValue).findFirst();
    }

    @Override
    public void names(TypeKind kind, Consumer<String> visitor) {
        for (int record = 0; record < records.count(); record++) {
            int nameOffset = records.nameOffset(record);
            if (nameOffset != 0 && isOf(kind, record)) {
                visitor.accept(nameAt(nameOffset));
            }
        }
    }

    private synchronized NameIndex typeNames() {
        if (typeNames == null) {
            typeNames = new NameIndex(this, records.namedTypes());
        }
        return typeNames;
    }

    private synchronized NameIndex functionNames() {
        if (functionNames == null) {
            functionNames = new NameIndex(this, records.functions());
        }
        return functionNames;
    }

    private synchronized NameIndex enumeratorNames() {
        if (enumeratorNames == null) {
            enumeratorNames = new NameIndex(this, records.enumerators());
        }
        return enumeratorNames;
    }

    private static byte[] latin(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    BtfSection section() {
        return section;
    }

    BtfRecords records() {
        return records;
    }

    /// The name at an offset that counts on behind the strings of the base.
    String nameAt(int offset) {
        return (base != null && offset < stringStart) ? base.nameAt(offset) : section.string(offset - stringStart);
    }

    int nameHash(int offset) {
        return (base != null && offset < stringStart) ? base.nameHash(offset) : section.hashAt(offset - stringStart);
    }

    boolean nameEquals(int offset, byte[] name) {
        return (base != null && offset < stringStart)
                ? base.nameEquals(offset, name)
                : section.stringEquals(offset - stringStart, name);
    }

    private int stringBytes() {
        return section.header().stringBytes();
    }

    private int pointerBytes() {
        return types.pointerBytes();
    }
}
