package io.inquest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.testkit.SyntheticKernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KernelTest {

    private final List<String> warnings = new ArrayList<>();

    private static SyntheticKernel named() {
        return new SyntheticKernel().utsname("Linux", "host", "6.12.0-test", "#1 SMP", "x86_64", "(none)");
    }

    private static SyntheticDump dumpOf(SyntheticKernel kernel) {
        return new SyntheticDump(kernel.memory(), kernel.vmcoreInfo().build());
    }

    @Test
    void nameOfTheKernelIsReadFromItsMemory() throws IOException {
        Kernel kernel = Kernel.open(dumpOf(named()), warnings::add);

        assertThat(kernel.utsname().release()).isEqualTo("6.12.0-test");
        assertThat(kernel.utsname().nodename()).isEqualTo("host");
        assertThat(kernel.utsname().domainname()).isEqualTo("(none)");
        assertThat(kernel.architecture().name()).isEqualTo("x86_64");
        assertThat(warnings).isEmpty();
    }

    @Test
    void nameBehindAReferenceCountIsFoundWhenTheOffsetIsNotExported() throws IOException {
        SyntheticKernel kernel = named();
        String info = kernel.vmcoreInfo().build();
        long name = VmcoreInfo.parse(info).symbol("init_uts_ns").orElseThrow();
        String before511 = info.replace("OFFSET(uts_namespace.name)=0\n", "")
                .replace(Long.toHexString(name), Long.toHexString(name - 4));

        assertThat(Kernel.open(new SyntheticDump(kernel.memory(), before511), Warnings.NONE)
                        .utsname()
                        .sysname())
                .isEqualTo("Linux");
        String before2619 = info.replace("init_uts_ns", "system_utsname");
        assertThat(Kernel.open(new SyntheticDump(kernel.memory(), before2619), Warnings.NONE)
                        .utsname()
                        .sysname())
                .isEqualTo("Linux");
    }

    @Test
    void nameThatIsNoLinuxIsAnError() throws IOException {
        Kernel kernel = Kernel.open(dumpOf(new SyntheticKernel().utsname("Minix")), Warnings.NONE);

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(kernel::utsname)
                .withMessageContaining("does not begin with \"Linux\"");
    }

    @Test
    void openingReadsNothingButTheNote() throws IOException {
        SyntheticKernel kernel = named();
        kernel.memory().pages().clear();

        assertThat(Kernel.open(dumpOf(kernel), warnings::add).vmcoreInfo().osRelease())
                .contains("6.12.0-test");
    }

    @Test
    void dumpWithoutNoteNeedsAFile() {
        SyntheticDump dump = new SyntheticDump(named().memory(), "");

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> Kernel.open(dump, Warnings.NONE))
                .withMessageContaining("has no vmcoreinfo note");
    }

    @Test
    void wrongPageTablesAreToldAndTheProgramHeadersUsedInstead() throws IOException {
        SyntheticKernel kernel = named();
        String info = kernel.vmcoreInfo().build().replace("phys_base)=0", "phys_base)=4096");
        SyntheticDump dump = new SyntheticDump(kernel.memory(), info);
        dump.segment(SyntheticKernel.IMAGE, kernel.physical(SyntheticKernel.IMAGE), 4 << 20);
        Kernel opened = Kernel.open(dump, warnings::add);

        assertThat(opened.utsname().sysname()).isEqualTo("Linux");
        assertThat(opened.space()).isSameAs(opened.space());
        assertThat(warnings).singleElement().asString().contains("page tables are not where vmcoreinfo says");
        assertThatExceptionOfType(DumpException.class).isThrownBy(opened::pageTables);
        assertThatExceptionOfType(MemoryFault.class)
                .isThrownBy(() -> opened.space().readByte(0xffff_c900_0000_0000L))
                .withMessageContaining("it is neither in the kernel image nor in a PT_LOAD of the dump");
    }

    @Test
    void unknownMachineIsReadByItsProgramHeaders() throws IOException {
        SyntheticKernel kernel = named();
        SyntheticDump dump = dumpOf(kernel).machine("aarch64");
        dump.segment(SyntheticKernel.IMAGE, kernel.physical(SyntheticKernel.IMAGE), 4 << 20);
        Kernel opened = Kernel.open(dump, warnings::add);

        assertThat(opened.utsname().sysname()).isEqualTo("Linux");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("machine of type aarch64")
                .contains("known: x86_64");
        assertThatExceptionOfType(DumpException.class).isThrownBy(opened::architecture);
    }

    @Test
    void lostTableIsReplacedByTheProgramHeaders() throws IOException {
        SyntheticKernel kernel = named();
        SyntheticDump dump = dumpOf(kernel);
        long directMap = 0xffff_8880_0000_0000L;
        dump.without(kernel.tables().entryAddress(directMap, 21), PageState.LOST);

        Kernel without = Kernel.open(dump, Warnings.NONE);
        assertThatExceptionOfType(MemoryFault.class)
                .isThrownBy(() -> without.space().readByte(directMap))
                .withMessageContaining("its PMD table cannot be read");

        kernel.memory().reserve(0, 4096);
        dump.segment(directMap, 0, 4 << 20);
        Kernel with = Kernel.open(dump, Warnings.NONE);
        assertThat(with.space().readByte(directMap)).isZero();
        assertThat(with.space().translate(directMap, 16)).isInstanceOf(Mapping.Mapped.class);
    }

    @Test
    void lostTableOfTheImageIsReplacedByItsPlace() throws IOException {
        SyntheticKernel kernel = named();
        SyntheticDump dump = dumpOf(kernel);
        dump.without(kernel.tables().entryAddress(SyntheticKernel.IMAGE, 21), PageState.LOST);
        Kernel opened = Kernel.open(dump, warnings::add);

        assertThat(opened.utsname().sysname()).isEqualTo("Linux");
        assertThat(warnings).singleElement().asString().contains("reading its image in one piece");
    }

    @Test
    void whatTheTablesSayIsNotMappedStaysUnreadable() throws IOException {
        SyntheticKernel kernel = named();
        SyntheticDump dump = dumpOf(kernel);
        long behindTheImage = SyntheticKernel.IMAGE + (4 << 20);
        kernel.memory().reserve(kernel.physical(behindTheImage), 4096);
        dump.segment(SyntheticKernel.IMAGE, kernel.physical(SyntheticKernel.IMAGE), 8 << 20);
        Kernel opened = Kernel.open(dump, Warnings.NONE);

        assertThatExceptionOfType(MemoryFault.class)
                .isThrownBy(() -> opened.space().readByte(behindTheImage))
                .withMessageContaining("it is not mapped: its PMD entry");
    }

    @Test
    void givenVmcoreinfoIsMovedByTheNotesKaslrOffset() {
        VmcoreInfo given =
                VmcoreInfo.parse("SYMBOL(prb)=ffffffff82000000\nSYMBOL(far)=ffff888000000000\nSIZE(page)=64\n");
        VmcoreInfo note = VmcoreInfo.parse("KERNELOFFSET=e000000\nSYMBOL(prb)=1\nNUMBER(phys_base)=5\n");

        VmcoreInfo both = given.completedBy(note, address -> address - 0xffff_ffff_8000_0000L >= 0 && address < -1);

        assertThat(both.symbol("prb")).hasValue(0xffff_ffff_9000_0000L);
        assertThat(both.symbol("far")).hasValue(0xffff_8880_0000_0000L);
        assertThat(both.size("page")).hasValue(64);
        assertThat(both.number("phys_base")).hasValue(5);
        assertThat(both.kernelOffset()).isEqualTo(0xe00_0000);
    }

    @Test
    void savedNoteIsNotMovedTwice() {
        VmcoreInfo saved = VmcoreInfo.parse("KERNELOFFSET=e000000\nSYMBOL(prb)=ffffffff90000000\n");

        assertThat(saved.completedBy(saved, address -> true).symbol("prb")).hasValue(0xffff_ffff_9000_0000L);
    }

    @Test
    void releaseNumbersAreParsedAsFarAsTheyGo() {
        assertThat(KernelRelease.parse("6.12.107+deb13")).contains(new KernelRelease(6, 12, 107));
        assertThat(KernelRelease.parse("7.0-rc3")).contains(new KernelRelease(7, 0, 0));
        assertThat(KernelRelease.parse("6.")).isEmpty();
        assertThat(KernelRelease.parse("six")).isEmpty();
        assertThat(KernelRelease.parse("")).isEmpty();
        assertThat(new KernelRelease(2, 6, 9).isBefore(2, 6, 26)).isTrue();
        assertThat(new KernelRelease(3, 0, 0).isBefore(2, 6, 26)).isFalse();
    }
}
