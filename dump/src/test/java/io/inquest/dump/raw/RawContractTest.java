package io.inquest.dump.raw;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpContract;
import io.inquest.dump.Dumps;
import io.inquest.dump.Machine;
import io.inquest.dump.PageState;
import io.inquest.dump.RawLayout;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.PagePattern;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.List;

final class RawContractTest extends DumpContract {

    private static final Machine MACHINE = new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, 8, 12);

    @Override
    protected Dump open() {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        image.writeBytes(new byte[100]);
        for (int pfn = 8; pfn < FRAMES; pfn = pfn == 15 ? 40 : pfn + 1) {
            image.writeBytes(PagePattern.of(pfn, PAGE));
        }
        RawLayout layout = new RawLayout(
                MACHINE,
                List.of(
                        new RawLayout.Range(40 * PAGE, 24 * PAGE, 100 + 8 * PAGE),
                        new RawLayout.Range(8 * PAGE, 8 * PAGE, 100),
                        new RawLayout.Range(20 * PAGE, 2 * PAGE, 1 << 30)));
        return Dumps.openRaw(new MemorySource("raw", image.toByteArray()), layout, Warnings.NONE);
    }

    @Override
    protected PageState expected(int pfn) {
        if (pfn == 20 || pfn == 21) {
            return PageState.LOST;
        }
        return (pfn >= 8 && pfn < 16) || pfn >= 40 ? PageState.STORED : PageState.ABSENT;
    }
}
