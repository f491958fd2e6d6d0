package io.inquest.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.DumpException;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.SyntheticDump;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.PlainLogBuilder;
import io.inquest.testkit.RecordLogBuilder;
import io.inquest.testkit.RingLogBuilder;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KernelLogTest {

    private static final int LOG_BYTES = 1 << 18;

    private static LogPlace place(SyntheticKernel kernel) {
        long address = kernel.allocate(LOG_BYTES);
        return new LogPlace(kernel.memory(), address, kernel.physical(address) - address, 8);
    }

    private static SyntheticDump dumpOf(SyntheticKernel kernel) {
        return new SyntheticDump(kernel.memory(), kernel.vmcoreInfo().build());
    }

    private static KernelLog open(SyntheticDump dump) throws IOException {
        return KernelLog.open(Kernel.open(dump, Warnings.NONE));
    }

    @Test
    void shapeIsToldByTheKeysNotByTheVersion() throws IOException {
        SyntheticKernel ring = new SyntheticKernel();
        new RingLogBuilder(place(ring), 4, 10)
                .append(SyntheticRecord.of(0, "ring"))
                .build(ring.vmcoreInfo());
        SyntheticKernel records = new SyntheticKernel();
        new RecordLogBuilder(place(records), "printk_log", 4096, 4, false)
                .append(SyntheticRecord.of(0, "records"))
                .build(records.vmcoreInfo());
        SyntheticKernel plain = new SyntheticKernel();
        new PlainLogBuilder(place(plain), 1024).emit("<6>plain\n").build(plain.vmcoreInfo());

        assertThat(Collected.of(open(dumpOf(ring))).texts()).containsExactly("ring");
        assertThat(Collected.of(open(dumpOf(records))).texts()).containsExactly("records");
        assertThat(Collected.of(open(dumpOf(plain))).texts()).containsExactly("plain");
    }

    @Test
    void logIsReadWhenPageTablesAreGone() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();
        new RingLogBuilder(place(kernel), 4, 10)
                .append(SyntheticRecord.of(0, "last words"))
                .build(kernel.vmcoreInfo());
        SyntheticDump dump = dumpOf(kernel);
        dump.without(kernel.physical(SyntheticKernel.IMAGE), PageState.LOST);
        dump.segment(SyntheticKernel.IMAGE, kernel.physical(SyntheticKernel.IMAGE), 4 << 20);
        List<String> warnings = new ArrayList<>();

        KernelLog log = KernelLog.open(Kernel.open(dump, warnings::add));

        assertThat(Collected.of(log).texts()).containsExactly("last words");
    }

    @Test
    void logThatIsNowhereIsAnError() {
        SyntheticKernel kernel = new SyntheticKernel();
        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> open(dumpOf(kernel)))
                .withMessageContaining("vmcoreinfo does not say where the log is");

        kernel.vmcoreInfo().symbol("log_end", 0xffff_c900_0000_0000L).symbol("log_buf", 0xffff_c900_0000_0000L);
        kernel.vmcoreInfo().symbol("log_buf_len", 0xffff_c900_0000_0000L);
        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> open(dumpOf(kernel)))
                .withMessageContaining("the log's description cannot be read: virtual address 0xffffc90000000000");
    }
}
