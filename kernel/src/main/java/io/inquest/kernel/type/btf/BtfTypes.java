package io.inquest.kernel.type.btf;

import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.EnumType.Enumerator;
import io.inquest.kernel.type.FloatType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.FunctionType.Parameter;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.QualifiedType;
import io.inquest.kernel.type.QualifiedType.Qualifier;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.StructType.Keyword;
import io.inquest.kernel.type.TypedefType;
import io.inquest.kernel.type.VoidType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Makes the types of one section's records, each once.
final class BtfTypes {

    /// Encoding bits of an INT.
    private static final int SIGNED = 1;

    private static final int CHAR = 2;
    private static final int BOOL = 4;

    /// More tags than stand before any type; damaged ones may form a ring.
    private static final int MOST_TAGS = 16;

    private final Btf btf;
    private final BtfRecords records;
    private final int pointerBytes;
    private final AtomicReferenceArray<KernelType> made;

    BtfTypes(Btf btf, int pointerBytes) {
        this.btf = btf;
        this.records = btf.records();
        this.pointerBytes = pointerBytes;
        this.made = new AtomicReferenceArray<>(records.count());
    }

    int pointerBytes() {
        return pointerBytes;
    }

    /// The type of a record; `void` where there is no such record or it is none of a type.
    KernelType ofRecord(int record) {
        if (record < 0 || record >= records.count()) {
            return VoidType.VOID;
        }
        KernelType known = made.get(record);
        if (known != null) {
            return known;
        }
        // Of two threads the first one's is kept, so that a type is one object.
        made.compareAndSet(record, null, make(record));
        return made.get(record);
    }

    private KernelType make(int record) {
        String name = btf.nameAt(records.nameOffset(record));
        long bytes = Integer.toUnsignedLong(records.sizeOrType(record));
        int target = records.sizeOrType(record);
        return switch (records.kind(record)) {
            case BtfKind.INT -> integer(record, name, bytes);
            case BtfKind.FLOAT -> new FloatType(name, bytes);
            case BtfKind.PTR -> new PointerType(() -> btf.type(target), pointerBytes);
            case BtfKind.ARRAY -> array(record);
            case BtfKind.STRUCT -> struct(Keyword.STRUCT, record, name, bytes);
            case BtfKind.UNION -> struct(Keyword.UNION, record, name, bytes);
            case BtfKind.FWD -> StructType.declared(records.kindFlag(record) ? Keyword.UNION : Keyword.STRUCT, name);
            case BtfKind.ENUM, BtfKind.ENUM64 -> new EnumType(name, bytes, isSigned(record), () -> enumerators(record));
            case BtfKind.TYPEDEF -> new TypedefType(name, () -> btf.type(target));
            case BtfKind.CONST -> new QualifiedType(Qualifier.CONST, () -> btf.type(target));
            case BtfKind.VOLATILE -> new QualifiedType(Qualifier.VOLATILE, () -> btf.type(target));
            case BtfKind.RESTRICT -> new QualifiedType(Qualifier.RESTRICT, () -> btf.type(target));
            case BtfKind.FUNC, BtfKind.TYPE_TAG -> behindTags(record);
            case BtfKind.FUNC_PROTO -> function(record);
            default -> VoidType.VOID;
        };
    }

    private KernelType struct(Keyword keyword, int record, String tag, long bytes) {
        return new StructType(keyword, tag, bytes, () -> BtfMembers.of(btf, record));
    }

    /// A function has the type of its prototype; a tag says something about a type and is none itself.
    private KernelType behindTags(int record) {
        int id = records.sizeOrType(record);
        for (int i = 0; i < MOST_TAGS; i++) {
            Btf owner = btf.ownerOf(id);
            int next = owner.recordOf(id);
            if (owner.records().isOf(next, BtfKind.FUNC)) {
                break;
            }
            if (!owner.records().isOf(next, BtfKind.TYPE_TAG)) {
                return btf.type(id);
            }
            id = owner.records().sizeOrType(next);
        }
        return VoidType.VOID;
    }

    private KernelType integer(int record, String name, long bytes) {
        int encoding = records.extra(record, 0) >>> 24 & 0xf;
        IntegerType.Use use = (encoding & BOOL) != 0
                ? IntegerType.Use.BOOLEAN
                : (encoding & CHAR) != 0 || isCharacter(name) ? IntegerType.Use.CHARACTER : IntegerType.Use.NUMBER;
        return new IntegerType(name, bytes, (encoding & SIGNED) != 0, use);
    }

    /// pahole marks no INT as a character: its encoding says only whether it is signed.
    private static boolean isCharacter(String name) {
        return name.equals("char") || name.equals("signed char") || name.equals("unsigned char");
    }

    private KernelType array(int record) {
        int element = records.extra(record, 0);
        return new ArrayType(() -> btf.type(element), Integer.toUnsignedLong(records.extra(record, 2)));
    }

    private KernelType function(int record) {
        int result = records.sizeOrType(record);
        int last = records.vlen(record) - 1;
        boolean variadic =
                last >= 0 && records.extra(record, 2 * last) == 0 && records.extra(record, 2 * last + 1) == 0;
        int count = variadic ? last : last + 1;
        return new FunctionType(() -> btf.type(result), () -> parameters(record, count), variadic);
    }

    private List<Parameter> parameters(int record, int count) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = btf.nameAt(records.extra(record, 2 * i));
            parameters.add(new Parameter(name, btf.type(records.extra(record, 2 * i + 1))));
        }
        return List.copyOf(parameters);
    }

    private List<Enumerator> enumerators(int record) {
        int words = BtfKind.elementBytes(records.kind(record)) / Integer.BYTES;
        List<Enumerator> enumerators = new ArrayList<>();
        for (int i = 0; i < records.vlen(record); i++) {
            String name = btf.nameAt(records.extra(record, i * words));
            enumerators.add(new Enumerator(name, valueBehind(record, i * words)));
        }
        return List.copyOf(enumerators);
    }

    /// The value of the enumerator whose name is the word number `word` of the record.
    long enumeratorValue(int record, int word) {
        return valueBehind(record, word - BtfRecords.BYTES / Integer.BYTES);
    }

    private long valueBehind(int record, int nameAt) {
        int low = records.extra(record, nameAt + 1);
        if (records.kind(record) == BtfKind.ENUM64) {
            return Integer.toUnsignedLong(low) | (long) records.extra(record, nameAt + 2) << 32;
        }
        return isSigned(record) ? low : Integer.toUnsignedLong(low);
    }

    /// Before 6.0 (commit 6089fb325cf7) no enumeration was marked; then those with a negative value are signed.
    private boolean isSigned(int record) {
        if (records.kindFlag(record) || records.kind(record) != BtfKind.ENUM || records.flagsSignedEnums()) {
            return records.kindFlag(record);
        }
        for (int i = 0; i < records.vlen(record); i++) {
            if (records.extra(record, 2 * i + 1) < 0) {
                return true;
            }
        }
        return false;
    }
}
