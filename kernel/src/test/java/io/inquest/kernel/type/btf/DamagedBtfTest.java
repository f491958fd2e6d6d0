package io.inquest.kernel.type.btf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.TypedefType;
import io.inquest.kernel.type.VoidType;
import io.inquest.testkit.BtfBuilder;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// BTF that is cut or changed: everything that can be asked is asked, and nothing may be thrown or go on for ever.
final class DamagedBtfTest {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /// One of each kind.
    private static byte[] whole() {
        BtfBuilder btf = new BtfBuilder(ORDER);
        int number = btf.integer("int", 4, BtfBuilder.SIGNED);
        int pointer = btf.pointer(number + 3);
        int array = btf.array(number, 16);
        btf.flaggedStruct(
                "task",
                64,
                btf.member("comm", array, 0),
                btf.bitField("bit", number, 128, 3),
                btf.member("next", pointer, 192));
        btf.union("both", 8, btf.member("a", number, 0), btf.member("", array, 0));
        btf.enumeration("state", true, -1, "BAD", "GOOD");
        btf.longEnumeration("wide", false, "WIDE", 1L << 40);
        btf.declaredStruct("page");
        int typedef = btf.typedef("pid_t", number);
        btf.typedef("tid_t", btf.constType(btf.volatileType(btf.restrictType(typedef))));
        int prototype = btf.prototype(number, btf.string("a"), pointer, 0, 0);
        btf.function("schedule", prototype);
        int variable = btf.variable("runqueues", array);
        btf.section(".data..percpu", new BtfBuilder.Place(variable, 0, 64));
        btf.floating("double", 8);
        btf.declarationTag("kfunc", number, -1);
        btf.typeTag("rcu", number);
        btf.layout(0, 0, 4, 0, 0, 0);
        return btf.build();
    }

    private static int ask(byte[] section) {
        Btf btf;
        try {
            btf = Btf.of("damaged", section, ORDER, 8);
        } catch (MalformedBtf refused) {
            return 0;
        }
        int answers = btf.describe().length();
        for (TypeKind kind : TypeKind.values()) {
            int[] names = new int[1];
            btf.names(kind, name -> names[0] += btf.named(kind, name).size());
            answers += names[0];
        }
        answers += btf.variable("runqueues").map(type -> type.name().length()).orElse(0);
        answers += (int) btf.enumerator("BAD").orElse(0);
        for (int id = -1; id <= btf.count() + 1; id++) {
            answers += look(btf.type(id));
        }
        return answers;
    }

    private static int look(KernelType type) {
        long seen = type.name().length() + type.bytes() + type.plain().bytes();
        seen += switch (type) {
            case StructType struct ->
                struct.members().size()
                        + struct.member("a").map(each -> each.type().bytes()).orElse(0L);
            case EnumType enumeration -> enumeration.enumerators().size();
            case ArrayType array -> array.element().bytes();
            case PointerType pointer -> pointer.target().bytes();
            case TypedefType typedef -> typedef.target().bytes();
            case FunctionType function -> function.parameters().size();
            default -> 0;
        };
        return (int) seen;
    }

    @Test
    void sectionThatIsCutAnywhereAnswersWithWhatIsLeft() {
        byte[] whole = whole();
        for (int bytes = 0; bytes < whole.length; bytes++) {
            ask(Arrays.copyOf(whole, bytes));
        }
        assertThat(ask(whole)).isPositive();
    }

    @Test
    void sectionWithAnyByteChangedAnswers() {
        Random random = new Random(42);
        byte[] whole = whole();
        for (int round = 0; round < 4_000; round++) {
            byte[] changed = whole.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            ask(changed);
        }
        assertThat(ask(whole)).isPositive();
    }

    @Test
    void ringOfTypedefsIsVoidAndOfArraysHasASize() throws MalformedBtf {
        BtfBuilder btf = new BtfBuilder(ORDER);
        int typedef = btf.typedef("a", 2);
        btf.typedef("b", 1);
        int array = btf.array(3, 1000);
        int tag = btf.typeTag("t", 4);
        int struct = btf.struct("s", 8, btf.member("", 5, 0));
        Btf ring = Btf.of("ring", btf.build(), ORDER, 8);

        assertThat(ring.type(typedef).plain()).isEqualTo(VoidType.VOID);
        assertThat(ring.type(array).bytes()).isNotNegative();
        assertThat(ring.type(tag)).isEqualTo(VoidType.VOID);
        assertThat(((StructType) ring.type(struct)).member("x")).isEmpty();
    }
}
