package io.inquest.kernel.type.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.VoidType;
import io.inquest.testkit.BtfBuilder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BtfTest {

    private final BtfBuilder builder = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
    private final int number = builder.integer("int", 4, BtfBuilder.SIGNED);

    private Btf btf() throws MalformedBtf {
        return Btf.of("vmlinux", builder.build(), ByteOrder.LITTLE_ENDIAN, 8);
    }

    private Types types() throws MalformedBtf {
        return new Types(List.of(btf()), 8);
    }

    private static StructType struct(Btf btf, String tag) {
        return (StructType) btf.named(TypeKind.STRUCT, tag).getFirst();
    }

    @Test
    void integersAreWhatTheirEncodingSays() throws MalformedBtf {
        builder.integer("unsigned long", 8, 0);
        builder.integer("char", 1, BtfBuilder.SIGNED);
        builder.integer("_Bool", 1, BtfBuilder.BOOL);
        builder.floating("double", 8);
        Btf btf = btf();

        assertThat(btf.type(1)).isEqualTo(new IntegerType("int", 4, true, IntegerType.Use.NUMBER));
        assertThat(btf.type(2)).isEqualTo(new IntegerType("unsigned long", 8, false, IntegerType.Use.NUMBER));
        assertThat(btf.type(3)).isEqualTo(new IntegerType("char", 1, true, IntegerType.Use.CHARACTER));
        assertThat(btf.type(4)).isEqualTo(new IntegerType("_Bool", 1, false, IntegerType.Use.BOOLEAN));
        assertThat(btf.named(TypeKind.BASE, "double").getFirst().bytes()).isEqualTo(8);
    }

    /// Each of its parameters is a pointer to the function itself: spelled out it would have 2^16 parts.
    @Test
    void aFunctionThatItsParametersLeadBackToHasAShortName() throws MalformedBtf {
        int function = number + 2;
        int pointer = builder.pointer(function);
        assertThat(builder.prototype(number, 0, pointer, 0, pointer)).isEqualTo(function);

        assertThat(btf().type(function).name()).contains("…").hasSizeLessThan(100_000);
    }

    @Test
    void typesAroundATypeAreSpelledAsInC() throws MalformedBtf {
        int list = builder.declaredStruct("list_head");
        int constant = builder.constType(number);
        List<Integer> ids = List.of(
                builder.pointer(list),
                builder.pointer(constant),
                builder.array(builder.array(number, 3), 2),
                builder.typedef("pid_t", number),
                builder.volatileType(number),
                builder.restrictType(builder.pointer(0)),
                builder.pointer(builder.prototype(number, builder.string("a"), number, 0, 0)),
                builder.declaredUnion("u"));
        Btf btf = btf();

        assertThat(ids.stream().map(btf::type).map(KernelType::name))
                .containsExactly(
                        "struct list_head *",
                        "const int *",
                        "int [2][3]",
                        "pid_t",
                        "volatile int",
                        "void *restrict",
                        "int (*)(int, ...)",
                        "union u");
    }

    @Test
    void structLeadsToItselfThroughItsPointers() throws MalformedBtf {
        int pointer = builder.pointer(number + 2);
        builder.struct("list_head", 16, builder.member("next", pointer, 0), builder.member("prev", pointer, 64));
        StructType list = struct(btf(), "list_head");

        assertThat(list.bytes()).isEqualTo(16);
        assertThat(list.offsetOf("prev")).isEqualTo(8);
        assertThat(list.require("next").type().declare("next")).isEqualTo("struct list_head *next");
        assertThat(struct(btf(), "list_head").isComplete()).isTrue();
    }

    @Test
    void bitFieldsHaveTheirWidthWithTheKindFlagAndBefore() throws MalformedBtf {
        int narrow = builder.narrowInteger("unsigned int", 4, 0, 3, 5);
        builder.flaggedStruct(
                "flagged", 4, builder.bitField("level", number, 5, 3), builder.member("plain", number, 8));
        builder.struct("older", 4, builder.member("flags", builder.typedef("u5", narrow), 0));
        Btf btf = btf();

        Member level = struct(btf, "flagged").require("level");
        assertThat(List.of(level.bitOffset(), (long) level.bitFieldBits())).containsExactly(5L, 3L);
        assertThat(struct(btf, "flagged").require("plain").isBitField()).isFalse();
        Member flags = struct(btf, "older").require("flags");
        assertThat(List.of(flags.bitOffset(), (long) flags.bitFieldBits())).containsExactly(3L, 5L);
    }

    @Test
    void membersOfAnonymousStructsAreTheOuterOnes() throws MalformedBtf {
        int inner = builder.struct("", 8, builder.member("a", number, 0), builder.member("b", number, 32));
        int union = builder.union("", 8, builder.member("", inner, 0));
        builder.struct("outer", 16, builder.member("first", number, 0), builder.member("", union, 64));

        assertThat(struct(btf(), "outer").offsetOf("b")).isEqualTo(12);
    }

    @Test
    void enumeratorsAreFoundByNameAndBySignedOrUnsignedValue() throws MalformedBtf {
        builder.enumeration("state", true, -1, "STATE_BAD", "STATE_ZERO", "STATE_ONE");
        builder.enumeration("mask", false, 0x8000_0000, "MASK_TOP");
        builder.longEnumeration("wide", false, "WIDE", 0x1_2345_6789L);
        Btf btf = btf();

        assertThat(btf.enumerator("STATE_BAD")).hasValue(-1);
        assertThat(btf.enumerator("STATE_ONE")).hasValue(1);
        assertThat(btf.enumerator("MASK_TOP")).hasValue(0x8000_0000L);
        assertThat(btf.enumerator("WIDE")).hasValue(0x1_2345_6789L);
        assertThat(btf.enumerator("NONE")).isEmpty();
        EnumType state = (EnumType) btf.named(TypeKind.ENUM, "state").getFirst();
        assertThat(state.signed()).isTrue();
        assertThat(state.nameOf(-1)).hasValue("STATE_BAD");
    }

    @Test
    void enumerationWithANegativeValueIsSignedWhereNoneIsMarked() throws MalformedBtf {
        builder.enumeration("error", false, -2, "ERROR_TWO");
        builder.enumeration("plain", false, 0, "PLAIN");
        Btf btf = btf();

        assertThat(btf.enumerator("ERROR_TWO")).hasValue(-2);
        assertThat(((EnumType) btf.named(TypeKind.ENUM, "plain").getFirst()).signed())
                .isFalse();
    }

    @Test
    void functionsAreFoundApartFromTypes() throws MalformedBtf {
        int prototype = builder.prototype(0, builder.string("count"), number);
        builder.function("schedule", prototype);
        builder.struct("schedule", 4, builder.member("a", number, 0));
        Btf btf = btf();

        FunctionType function =
                (FunctionType) btf.named(TypeKind.FUNCTION, "schedule").getFirst();
        assertThat(function.parameters().getFirst().name()).isEqualTo("count");
        assertThat(function.variadic()).isFalse();
        assertThat(btf.named(TypeKind.STRUCT, "schedule")).hasSize(1);
        assertThat(function.declare("schedule")).isEqualTo("void schedule(int)");
    }

    @Test
    void variableHasTheTypeOfItsRecord() throws MalformedBtf {
        int variable = builder.variable("runqueues", builder.array(number, 4));
        builder.section(".data..percpu", new BtfBuilder.Place(variable, 0, 16));

        assertThat(types().variable("runqueues").map(KernelType::name)).hasValue("int [4]");
        assertThat(types().variable("other")).isEmpty();
    }

    @Test
    void tagsAreNoTypesOfTheirOwn() throws MalformedBtf {
        int tagged = builder.typeTag("rcu", builder.typeTag("user", number));
        int pointer = builder.pointer(tagged);
        int declaration = builder.declarationTag("bpf_kfunc", number, -1);
        Btf btf = btf();

        assertThat(btf.type(pointer).name()).isEqualTo("int *");
        assertThat(btf.type(declaration)).isEqualTo(VoidType.VOID);
    }

    @Test
    void definedStructComesBeforeTheDeclaredOneAndEachOfSeveralIsThere() throws MalformedBtf {
        builder.declaredStruct("page");
        builder.struct("page", 64, builder.member("flags", number, 0));
        builder.struct("page", 32, builder.member("other", number, 0));
        Types types = types();

        assertThat(types.named(TypeKind.STRUCT, "page").stream().map(KernelType::bytes))
                .containsExactly(64L, 32L, 0L);
        assertThat(types.struct("page").bytes()).isEqualTo(64);
        assertThat(types.structWith("page", "other").orElseThrow().bytes()).isEqualTo(32);
    }

    @Test
    void namesOfAKindAreTold() throws MalformedBtf {
        builder.struct("a", 4);
        builder.declaredStruct("b");
        builder.union("c", 4);
        List<String> names = new ArrayList<>();
        btf().names(TypeKind.STRUCT, names::add);

        assertThat(names).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void sectionIsReadInTheMachinesByteOrder(String name) throws MalformedBtf {
        ByteOrder order = name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        BtfBuilder big = new BtfBuilder(order);
        int array = big.array(big.integer("int", 4, 1), 16);
        big.struct("task_struct", 64, big.member("comm", array, 0));
        Btf btf = Btf.of("vmlinux", big.build(), order, 4);

        assertThat(((ArrayType) struct(btf, "task_struct").require("comm").type()).length())
                .isEqualTo(16);
    }

    @Test
    void kindThatCameLaterIsSteppedOverByTheTableOfKinds() throws MalformedBtf {
        builder.record("later", 20, false, 2, 0, 7, 8, 9);
        builder.struct("behind", 4);
        int[] layout = new int[42];
        layout[40] = 4;
        layout[41] = 4;
        assertThat(btf().count()).isEqualTo(1);
        assertThat(btf().describe()).isEqualTo("BTF of vmlinux (1 types, those behind them lost)");

        builder.layout(layout);

        assertThat(btf().count()).isEqualTo(3);
        assertThat(btf().named(TypeKind.STRUCT, "behind")).hasSize(1);
        assertThat(btf().describe()).isEqualTo("BTF of vmlinux (3 types)");
    }

    @Test
    void headerMayBeLongerThanAnyThatIsKnown() throws MalformedBtf {
        builder.header(48).struct("behind", 4);

        assertThat(btf().named(TypeKind.STRUCT, "behind")).hasSize(1);
    }

    @Test
    void bytesThatAreNoBtfAreRefusedWithWhatIsWrong() {
        byte[] section = builder.build();
        section[0] = 0x12;
        assertThatThrownBy(() -> Btf.of("x", section, ByteOrder.LITTLE_ENDIAN, 8))
                .isInstanceOf(MalformedBtf.class)
                .hasMessage("it begins with 0xeb12, expected 0xeb9f");
        assertThatThrownBy(() -> Btf.of("x", new byte[20], ByteOrder.LITTLE_ENDIAN, 8))
                .hasMessage("the section has 20 bytes, a header has 24");
        byte[] short1 = builder.build();
        short1[4] = 8;
        assertThatThrownBy(() -> Btf.of("x", short1, ByteOrder.LITTLE_ENDIAN, 8))
                .hasMessage("hdr_len is 8, expected at least 24");
    }
}
