package io.inquest.kernel.type.btf;

import java.util.ArrayList;
import java.util.List;

/// What the records of a run say of others' kinds: whom they refer to, and which kinds that may be.
///
/// | From                         | To                                             |
/// |------------------------------|------------------------------------------------|
/// | FUNC                         | FUNC_PROTO                                     |
/// | DATASEC                      | VAR                                            |
/// | ARRAY, its index             | INT                                            |
/// | PTR, CONST, …, TYPEDEF       | a type                                         |
/// | members, parameters, results | a type that is no FUNC_PROTO, no FWD           |
///
/// Of a struct's member it is also known how much room it has.
final class RecordReferences {

    /// What a reference leads to, with the kinds that this may have, each as the bit of its number.
    enum Target {
        TYPE(~(1 << BtfKind.FUNC | 1 << BtfKind.VAR | 1 << BtfKind.DATASEC)),
        OBJECT(TYPE.kinds & ~(1 << BtfKind.FUNC_PROTO | 1 << BtfKind.FWD)),
        INTEGER(1 << BtfKind.INT),
        PROTOTYPE(1 << BtfKind.FUNC_PROTO),
        VARIABLE(1 << BtfKind.VAR);

        private final int kinds;

        Target(int kinds) {
            this.kinds = kinds;
        }

        boolean mayBe(int kind) {
            return (kinds >>> kind & 1) != 0;
        }

        /// Whether it is one kind only, so that one that fits is hardly chance.
        boolean isTelling() {
            return Integer.bitCount(kinds) == 1;
        }
    }

    private static final int WORD = Integer.BYTES;

    private final BtfSection section;
    private final Positions ids = new Positions();
    private final List<Target> targets = new ArrayList<>();
    private final Positions room = new Positions();

    private RecordReferences(BtfSection section) {
        this.section = section;
    }

    static RecordReferences of(BtfSection section, RecordRun run) {
        RecordReferences references = new RecordReferences(section);
        for (int position : run.positions()) {
            references.collect(position);
        }
        return references;
    }

    private void collect(int at) {
        int info = section.word(at + WORD);
        int sizeOrType = section.word(at + 2 * WORD);
        switch (BtfRecords.kindOf(info)) {
            case BtfKind.FUNC -> add(sizeOrType, Target.PROTOTYPE);
            case BtfKind.PTR, BtfKind.CONST, BtfKind.VOLATILE, BtfKind.RESTRICT, BtfKind.TYPEDEF, BtfKind.TYPE_TAG ->
                add(sizeOrType, Target.TYPE);
            case BtfKind.VAR -> add(sizeOrType, Target.OBJECT);
            case BtfKind.ARRAY -> {
                add(section.word(at + BtfRecords.BYTES), Target.OBJECT);
                add(section.word(at + BtfRecords.BYTES + WORD), Target.INTEGER);
            }
            case BtfKind.STRUCT -> members(at, info, sizeOrType);
            case BtfKind.UNION -> elements(at, info, 3, 1, Target.OBJECT);
            case BtfKind.FUNC_PROTO -> {
                add(sizeOrType, Target.OBJECT);
                elements(at, info, 2, 1, Target.OBJECT);
            }
            case BtfKind.DATASEC -> elements(at, info, 3, 0, Target.VARIABLE);
            default -> {}
        }
    }

    private void elements(int at, int info, int words, int typeWord, Target target) {
        for (int i = 0; i < BtfRecords.vlenOf(info); i++) {
            add(section.word(at + BtfRecords.BYTES + (i * words + typeWord) * WORD), target);
        }
    }

    /// A member has room up to the next one.
    private void members(int at, int info, int bytes) {
        int count = BtfRecords.vlenOf(info);
        for (int i = 0; i < count; i++) {
            int member = at + BtfRecords.BYTES + i * 3 * WORD;
            int offset = section.word(member + 2 * WORD);
            int next = i + 1 < count ? section.word(member + 5 * WORD) : bytes * Byte.SIZE;
            boolean plain = info >= 0 || (offset >>> 24 == 0 && (i + 1 == count || next >>> 24 == 0));
            add(section.word(member + WORD), Target.OBJECT, plain ? Math.max(next - offset, 0) : 0);
        }
    }

    private void add(int id, Target target) {
        add(id, target, 0);
    }

    private void add(int id, Target target, int bits) {
        if (id > 0) {
            ids.add(id);
            targets.add(target);
            room.add(bits);
        }
    }

    int count() {
        return ids.count();
    }

    /// The id that is referred to.
    int id(int reference) {
        return ids.get(reference);
    }

    Target target(int reference) {
        return targets.get(reference);
    }

    /// The bits that there are for the target, 0 where that is not known.
    int room(int reference) {
        return room.get(reference);
    }
}
