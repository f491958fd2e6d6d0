package io.inquest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VmcoreInfoTest {

    private static final String TEXT = """
            OSRELEASE=6.12.107+deb13-cloud-amd64
            PAGESIZE=4096
            SYMBOL(prb)=ffffffff9be00000
            SIZE(page)=64
            OFFSET(page.flags)=0
            LENGTH(mem_section)=2048
            NUMBER(PG_lru)=5
            NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-129
            NUMBER(VMALLOC_START)=0xff2c0e0080000000
            KERNELOFFSET=1ae00000
            CONFIG_X86_PAE=y
            CRASHTIME=1795709000
            """;

    @Test
    void eachKindOfLineHasItsValue() {
        VmcoreInfo info = VmcoreInfo.parse(TEXT);

        assertThat(info.osRelease()).contains("6.12.107+deb13-cloud-amd64");
        assertThat(info.pageSize()).hasValue(4096);
        assertThat(info.symbol("prb")).hasValue(0xffff_ffff_9be0_0000L);
        assertThat(info.size("page")).hasValue(64);
        assertThat(info.offset("page.flags")).hasValue(0);
        assertThat(info.length("mem_section")).hasValue(2048);
        assertThat(info.number("PG_lru")).hasValue(5);
        assertThat(info.number("PAGE_BUDDY_MAPCOUNT_VALUE")).hasValue(-129);
        assertThat(info.number("VMALLOC_START")).hasValue(0xff2c_0e00_8000_0000L);
        assertThat(info.kernelOffset()).isEqualTo(0x1ae0_0000);
        assertThat(info.config("CONFIG_X86_PAE")).isTrue();
        assertThat(info.crashTime()).hasValue(1795709000);
        assertThat(info.malformedLines()).isEmpty();
    }

    @Test
    void missingKeyIsEmptyAndNotZero() {
        VmcoreInfo info = VmcoreInfo.parse("");

        assertThat(info.symbol("prb")).isEmpty();
        assertThat(info.number("PG_lru")).isEmpty();
        assertThat(info.osRelease()).isEmpty();
        assertThat(info.config("CONFIG_X86_PAE")).isFalse();
        assertThat(info.kernelOffset()).isZero();
    }

    @Test
    void firstLineOfAKeyWins() {
        assertThat(VmcoreInfo.parse("SIZE(page)=64\nSIZE(page)=56\n").size("page"))
                .hasValue(64);
    }

    @Test
    void malformedLinesAreKeptAsideAndPaddingIsNot() {
        VmcoreInfo info = VmcoreInfo.parse("no value\n=nothing\n\nSIZE(page)=64\r\nPAGESIZE=4096\0\0\0");

        assertThat(info.malformedLines()).containsExactly("no value", "=nothing");
        assertThat(info.size("page")).hasValue(64);
        assertThat(info.pageSize()).hasValue(4096);
    }

    @ParameterizedTest
    @CsvSource({"64x", "''", "-", "--1", "0x", "99999999999999999999", "1ffffffffffffffff"})
    void valueThatIsNoNumberIsEmpty(String value) {
        assertThat(VmcoreInfo.parse("NUMBER(n)=" + value).number("n")).isEmpty();
    }

    @Test
    void textCutOrChangedAnywhereIsStillParsed() {
        Random random = new Random(1);
        for (int end = 0; end <= TEXT.length(); end++) {
            StringBuilder changed = new StringBuilder(TEXT.substring(0, end));
            assertThat(VmcoreInfo.parse(changed.toString()).text()).hasSize(end);
            if (end > 0) {
                changed.setCharAt(random.nextInt(end), (char) random.nextInt(256));
                VmcoreInfo info = VmcoreInfo.parse(changed.toString());
                assertThat(info.symbol("prb").isPresent() || info.size("page").isPresent() || end < 500)
                        .isTrue();
            }
        }
    }
}
