package io.inquest.kernel.dwarf;

import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.FloatType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.QualifiedType;
import io.inquest.kernel.type.QualifiedType.Qualifier;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.StructType.Keyword;
import io.inquest.kernel.type.TypedefType;
import io.inquest.kernel.type.VoidType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Makes types of entries. What is damaged becomes `void`, as in C a type that nobody knows.
///
/// One thread reads at a time, whoever holds the lock of the [Dwarf]; types made before are found without it.
final class TypeReader {

    /// More dimensions, typedefs and qualifiers than any array of C has; damaged types may form a ring.
    private static final int LONGEST_CHAIN = 64;

    private static final int MOST_MEMBERS = 1 << 16;

    private final Dwarf dwarf;
    private final Map<Long, KernelType> known = new ConcurrentHashMap<>();

    TypeReader(Dwarf dwarf) {
        this.dwarf = dwarf;
    }

    /// The type that an entry describes; of a function its type.
    KernelType type(long reference) {
        KernelType type = known.get(reference);
        if (type == null) {
            type = read(reference);
            KernelType first = known.putIfAbsent(reference, type);
            type = first == null ? type : first;
        }
        return type;
    }

    private KernelType read(long reference) {
        synchronized (dwarf) {
            try {
                Unit unit = dwarf.unit(reference);
                return make(unit, unit.die(DieReference.offset(reference)));
            } catch (SectionFault damaged) {
                return VoidType.VOID;
            }
        }
    }

    private KernelType make(Unit unit, Die die) {
        return switch (die.tag()) {
            case Tag.BASE_TYPE -> base(unit, die);
            case Tag.POINTER_TYPE ->
                new PointerType(target(unit, die), bytes(die, unit.header().addressBytes()));
            case Tag.STRUCTURE_TYPE -> struct(unit, die, Keyword.STRUCT);
            case Tag.UNION_TYPE -> struct(unit, die, Keyword.UNION);
            case Tag.ENUMERATION_TYPE -> enumeration(unit, die);
            case Tag.TYPEDEF -> new TypedefType(unit.name(die), target(unit, die));
            case Tag.ARRAY_TYPE -> array(unit, die);
            case Tag.CONST_TYPE -> new QualifiedType(Qualifier.CONST, target(unit, die));
            case Tag.VOLATILE_TYPE -> new QualifiedType(Qualifier.VOLATILE, target(unit, die));
            case Tag.RESTRICT_TYPE -> new QualifiedType(Qualifier.RESTRICT, target(unit, die));
            case Tag.ATOMIC_TYPE -> new QualifiedType(Qualifier.ATOMIC, target(unit, die));
            case Tag.SUBROUTINE_TYPE, Tag.SUBPROGRAM -> function(unit, die);
            default -> VoidType.VOID;
        };
    }

    /// The type that an entry has, found when it is asked for; without one it is `void`.
    private Supplier<KernelType> target(Unit unit, Die die) {
        OptionalLong reference = unit.reference(die, Attribute.TYPE);
        if (reference.isEmpty()) {
            return () -> VoidType.VOID;
        }
        long at = reference.getAsLong();
        return () -> type(at);
    }

    private static long bytes(Die die, long otherwise) {
        return Math.max(0, die.number(Attribute.BYTE_SIZE, otherwise));
    }

    private static KernelType base(Unit unit, Die die) {
        String name = unit.name(die);
        long bytes = Math.min(bytes(die, 0), 16);
        return switch ((int) die.number(Attribute.ENCODING, 0)) {
            case 0x02 -> new IntegerType(name, bytes, false, IntegerType.Use.BOOLEAN);
            case 0x03, 0x04 -> new FloatType(name, bytes);
            case 0x05 -> new IntegerType(name, bytes, true, IntegerType.Use.NUMBER);
            case 0x06 -> new IntegerType(name, bytes, true, IntegerType.Use.CHARACTER);
            case 0x08, 0x10 -> new IntegerType(name, bytes, false, IntegerType.Use.CHARACTER);
            default -> new IntegerType(name, bytes, false, IntegerType.Use.NUMBER);
        };
    }

    private KernelType struct(Unit unit, Die die, Keyword keyword) {
        String tag = unit.name(die);
        if (isElsewhere(die)) {
            return definition(unit, die, keyword == Keyword.STRUCT ? EntryKind.STRUCT : EntryKind.UNION, tag)
                    .orElseGet(() -> StructType.declared(keyword, tag));
        }
        long reference = unit.referenceTo(die);
        return new StructType(keyword, tag, bytes(die, 0), () -> members(reference));
    }

    private static boolean isElsewhere(Die die) {
        return die.flag(Attribute.DECLARATION) || die.has(Attribute.SIGNATURE);
    }

    /// What another unit defines and this one only declares or refers to by its signature.
    private Optional<KernelType> definition(Unit unit, Die die, EntryKind kind, String tag) {
        OptionalLong signed = unit.reference(die, Attribute.SIGNATURE);
        if (signed.isPresent()) {
            return Optional.of(type(signed.getAsLong()));
        }
        for (long candidate : tag.isEmpty() ? new long[0] : dwarf.index().find(kind, tag)) {
            Unit home = dwarf.unit(candidate);
            if (!home.die(DieReference.offset(candidate)).flag(Attribute.DECLARATION)) {
                return Optional.of(type(candidate));
            }
        }
        return Optional.empty();
    }

    private List<Member> members(long reference) {
        List<Member> members = new ArrayList<>();
        synchronized (dwarf) {
            try {
                Unit unit = dwarf.unit(reference);
                unit.visitChildren(unit.die(DieReference.offset(reference)), child -> {
                    if (child.tag() == Tag.MEMBER) {
                        members.add(member(unit, child));
                    }
                    return members.size() < MOST_MEMBERS;
                });
            } catch (SectionFault damaged) {
                // Those before are whole.
            }
        }
        return List.copyOf(members);
    }

    private Member member(Unit unit, Die die) {
        int bits = Math.clamp(die.number(Attribute.BIT_SIZE, 0), 0, 128);
        return new Member(unit.name(die), target(unit, die), MemberPlace.bitOffset(unit, die, bits), bits);
    }

    private KernelType enumeration(Unit unit, Die die) {
        String tag = unit.name(die);
        if (isElsewhere(die)) {
            Optional<KernelType> definition = definition(unit, die, EntryKind.ENUM, tag);
            if (definition.isPresent()) {
                return definition.get();
            }
        }
        long reference = unit.referenceTo(die);
        boolean signed = isSigned(unit, die);
        return new EnumType(tag, bytes(die, 4), signed, () -> enumerators(reference));
    }

    /// By the underlying type where the compiler wrote it; else a negative value tells.
    private boolean isSigned(Unit unit, Die die) {
        OptionalLong underlying = unit.reference(die, Attribute.TYPE);
        if (underlying.isPresent()) {
            return type(underlying.getAsLong()).plain() instanceof IntegerType integer && integer.signed();
        }
        return unit.children(die).stream().anyMatch(each -> each.number(Attribute.CONST_VALUE, 0) < 0);
    }

    private List<EnumType.Enumerator> enumerators(long reference) {
        List<EnumType.Enumerator> enumerators = new ArrayList<>();
        synchronized (dwarf) {
            try {
                Unit unit = dwarf.unit(reference);
                unit.visitChildren(unit.die(DieReference.offset(reference)), child -> {
                    if (child.tag() == Tag.ENUMERATOR) {
                        long value = child.number(Attribute.CONST_VALUE, 0);
                        enumerators.add(new EnumType.Enumerator(unit.name(child), value));
                    }
                    return enumerators.size() < MOST_MEMBERS;
                });
            } catch (SectionFault damaged) {
                // Those before are whole.
            }
        }
        return List.copyOf(enumerators);
    }

    /// The value of an enumerator; throws a [SectionFault] where it cannot be read.
    long enumeratorValue(long reference) {
        synchronized (dwarf) {
            return dwarf.unit(reference).die(DieReference.offset(reference)).number(Attribute.CONST_VALUE, 0);
        }
    }

    /// `int a[2][3]` is one entry with two ranges below, the last of which is the innermost.
    private KernelType array(Unit unit, Die die) {
        Supplier<KernelType> element = endsSomewhere(unit, die) ? target(unit, die) : () -> VoidType.VOID;
        List<Die> ranges = unit.children(die).stream()
                .filter(child -> child.tag() == Tag.SUBRANGE_TYPE)
                .limit(LONGEST_CHAIN)
                .toList();
        for (Die range : ranges.reversed()) {
            ArrayType inner = new ArrayType(element, length(range));
            element = () -> inner;
        }
        return ranges.isEmpty() ? new ArrayType(element, 0) : element.get();
    }

    /// 0 where no bound is known: a flexible array, or the extent of a global that another unit defines.
    private static long length(Die range) {
        long length = range.has(Attribute.COUNT)
                ? range.number(Attribute.COUNT, 0)
                : range.number(Attribute.UPPER_BOUND, -1) + 1;
        int place = range.find(Attribute.UPPER_BOUND);
        // A bound of -1 in 4 bytes is what some compilers write for [0].
        if (place >= 0 && range.form(place) == Form.DATA4 && range.value(place) == 0xffff_ffffL) {
            return 0;
        }
        return Math.max(0, length);
    }

    /// Arrays of arrays of damaged information may come back to themselves and have no size then.
    private boolean endsSomewhere(Unit unit, Die die) {
        Unit at = unit;
        Die link = die;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            OptionalLong next = at.reference(link, Attribute.TYPE);
            if (next.isEmpty()) {
                return true;
            }
            at = dwarf.unit(next.getAsLong());
            link = at.die(DieReference.offset(next.getAsLong()));
            switch (link.tag()) {
                case Tag.ARRAY_TYPE,
                        Tag.TYPEDEF,
                        Tag.CONST_TYPE,
                        Tag.VOLATILE_TYPE,
                        Tag.RESTRICT_TYPE,
                        Tag.ATOMIC_TYPE -> {
                    // The size is that of the next.
                }
                default -> {
                    return true;
                }
            }
        }
        return false;
    }

    private KernelType function(Unit unit, Die die) {
        List<FunctionType.Parameter> parameters = new ArrayList<>();
        boolean[] variadic = {false};
        unit.visitChildren(die, child -> {
            if (child.tag() == Tag.FORMAL_PARAMETER) {
                KernelType type = target(unit, child).get();
                parameters.add(new FunctionType.Parameter(unit.name(child), type));
            }
            variadic[0] |= child.tag() == Tag.UNSPECIFIED_PARAMETERS;
            return parameters.size() < MOST_MEMBERS;
        });
        return new FunctionType(target(unit, die), () -> List.copyOf(parameters), variadic[0]);
    }

    /// The type of a variable; the definition of one that a header declares may leave it to the declaration.
    Optional<KernelType> typeOfVariable(long reference) {
        synchronized (dwarf) {
            try {
                Unit unit = dwarf.unit(reference);
                Die die = unit.die(DieReference.offset(reference));
                OptionalLong declared = unit.reference(die, Attribute.SPECIFICATION);
                if (!die.has(Attribute.TYPE) && declared.isPresent()) {
                    unit = dwarf.unit(declared.getAsLong());
                    die = unit.die(DieReference.offset(declared.getAsLong()));
                }
                return Optional.of(target(unit, die).get());
            } catch (SectionFault damaged) {
                return Optional.empty();
            }
        }
    }
}
