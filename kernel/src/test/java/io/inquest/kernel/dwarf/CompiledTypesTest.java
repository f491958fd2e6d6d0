package io.inquest.kernel.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What GCC wrote of `shapes.c`, in each form of DWARF, reads as the C source says.
final class CompiledTypesTest {

    static List<String> objects() {
        return List.of(
                "shapes-dwarf4.o",
                "shapes-dwarf5.o",
                "shapes-dwarf64.o",
                "shapes-types4.o",
                "shapes-types5.o",
                "shapes-zlib.o",
                "shapes-zdebug.o");
    }

    @ParameterizedTest
    @MethodSource("objects")
    void structsHaveTheirMembersWhereTheSourceSays(String object) throws IOException {
        StructType shape = Fixtures.types(object).struct("shape");
        assertThat(shape.bytes()).isEqualTo(104);
        assertThat(shape.members().stream()
                        .map(member -> member.type().declare(member.name()) + " @" + member.bitOffset() + ":"
                                + member.bitFieldBits()))
                .containsExactly(
                        "char name[16] @0:0",
                        "u32 kind @128:3",
                        "u32 size @131:29",
                        "unsigned long long wide @192:40",
                        "union {...} @256:0",
                        "enum colour colour @384:0",
                        "enum sign sign @416:0",
                        "_Bool visible @448:0",
                        "int grid[2][3] @480:0",
                        "visitor visit @704:0",
                        "struct later *later @768:0",
                        "unsigned char tail[] @832:0");
        Member key = shape.require("key");
        assertThat(key.offset()).isEqualTo(32);
        assertThat(key.type().name()).isEqualTo("volatile const unsigned long");
        assertThat(shape.offsetOf("node.pprev")).isEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("objects")
    void enumeratorsHaveTheirValues(String object) throws IOException {
        Types types = Fixtures.types(object);
        assertThat(types.enumerator("BLUE")).hasValue(0x7fffffff);
        assertThat(types.enumerator("MINUS")).hasValue(-1);
        assertThat(types.enumerator("SECOND_FLAG")).hasValue(2);
        assertThat(types.enumerator("MISSING")).isEmpty();
        EnumType sign = (EnumType) types.named(TypeKind.ENUM, "sign").getFirst();
        assertThat(sign.signed()).isTrue();
        assertThat(sign.nameOf(-1)).contains("MINUS");
        assertThat(((EnumType) types.named(TypeKind.ENUM, "colour").getFirst()).signed())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void globalsHaveTheirTypes(String object) throws IOException {
        Types types = Fixtures.types(object);
        assertThat(types.variable("shapes").map(KernelType::name)).contains("struct shape *[4]");
        assertThat(types.variable("first_shape").map(KernelType::bytes)).contains(104L);
        assertThat(types.variable("count").map(KernelType::name)).contains("int");
        assertThat(types.variable("missing")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void functionsAndTypedefsHaveTheirTypes(String object) throws IOException {
        Types types = Fixtures.types(object);
        KernelType visit = types.named(TypeKind.FUNCTION, "visit_shape").getFirst();
        assertThat(visit.declare("visit_shape")).isEqualTo("int visit_shape(struct shape *, int)");
        assertThat(types.require("visitor").plain().declare("visit"))
                .isEqualTo("int (*visit)(const struct shape *, void *, ...)");
        assertThat(types.require("u32").bytes()).isEqualTo(4);
        assertThat(types.struct("node").require("next").type().name()).isEqualTo("struct node *");
    }

    @ParameterizedTest
    @MethodSource("objects")
    void structThatNobodyDefinesIsOnlyDeclared(String object) throws IOException {
        List<KernelType> later = Fixtures.types(object).named(TypeKind.STRUCT, "later");
        assertThat(later).hasSize(1);
        assertThat(((StructType) later.getFirst()).isComplete()).isFalse();
    }
}
