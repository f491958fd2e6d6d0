package io.inquest.kernel.type.btf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.Types;
import io.inquest.testkit.BtfBuilder;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// BTF of modules, which goes on where the kernel's ends.
final class BtfSplitTest {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final BtfBuilder kernel = new BtfBuilder(ORDER);
    private final int number = kernel.integer("int", 4, BtfBuilder.SIGNED);
    private final int inode = kernel.struct("inode", 600, kernel.member("i_ino", number, 64));

    @Test
    void moduleUsesTypesAndStringsOfTheKernel() throws MalformedBtf {
        BtfBuilder module = kernel.split();
        module.struct("ovl_inode", 700, module.member("inode", inode, 0), module.member("i_ino", number, 5000));
        Btf base = Btf.of("vmlinux", kernel.build(), ORDER, 8);

        Btf split = Btf.split("overlay", module.build(), ORDER, base);

        StructType own = (StructType) split.named(TypeKind.STRUCT, "ovl_inode").getFirst();
        assertThat(own.require("inode").type()).isSameAs(base.type(inode));
        assertThat(own.offsetOf("inode.i_ino")).isEqualTo(8);
        assertThat(own.offsetOf("i_ino")).isEqualTo(625);
        assertThat(split.named(TypeKind.STRUCT, "inode")).isEmpty();
        assertThat(split.describe()).isEqualTo("BTF of overlay (1 types)");
    }

    @Test
    void moduleIsRightThoughTheKernelsSectionIsCut() throws MalformedBtf {
        BtfBuilder module = kernel.split();
        module.struct("ovl_inode", 700, module.member("mode", number, 0));
        byte[] whole = kernel.build();
        int stringBytes = Btf.of("vmlinux", whole, ORDER, 8).section().header().stringBytes();
        whole[24 + 16 + 7] = 30; // The kind of its second record is unknown now.
        Btf base = Btf.of("vmlinux", whole, ORDER, 8);
        assertThat(base.count()).isEqualTo(1);

        Btf split = Btf.split("overlay", module.build(), ORDER, base, 3, stringBytes);

        StructType own = (StructType) split.named(TypeKind.STRUCT, "ovl_inode").getFirst();
        assertThat(own.require("mode").type().name()).isEqualTo("int");
    }

    @Test
    void structThatTheKernelOnlyDeclaresIsTheModules() throws MalformedBtf {
        kernel.declaredStruct("dm_table");
        BtfBuilder module = kernel.split();
        module.struct("dm_table", 80, module.member("depth", number, 0));
        Btf base = Btf.of("vmlinux", kernel.build(), ORDER, 8);
        Btf split = Btf.split("dm_mod", module.build(), ORDER, base);

        assertThat(new Types(List.of(base, split), 8).struct("dm_table").bytes())
                .isEqualTo(80);
    }

    @Test
    void distilledBaseIsFittedToAnotherKernelByNameAndSize() throws MalformedBtf {
        BtfBuilder stubs = new BtfBuilder(ORDER);
        int stub = stubs.struct("inode", 600);
        int gone = stubs.struct("gone", 8);
        BtfBuilder module = stubs.split();
        module.struct("mine", 608, module.member("inode", stub, 0), module.member("gone", gone, 4800));
        Btf running = Btf.of("vmlinux", kernel.build(), ORDER, 8);

        Btf fitted = Btf.distilled("mine", module.build(), stubs.build(), ORDER, running);

        StructType mine = (StructType) fitted.named(TypeKind.STRUCT, "mine").getFirst();
        assertThat(mine.require("inode").type()).isSameAs(running.type(inode));
        KernelType unknown = mine.require("gone").type();
        assertThat(unknown.name()).isEqualTo("struct gone");
        assertThat(unknown.bytes()).isEqualTo(8);
    }
}
