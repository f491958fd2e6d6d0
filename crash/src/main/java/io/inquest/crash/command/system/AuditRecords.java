package io.inquest.crash.command.system;

import io.inquest.crash.UsageException;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/// `log -a`: audit records that wait for the audit daemon (kernel: `kernel/audit.c`).
///
/// Each is a `struct sk_buff` whose data are a `struct nlmsghdr` and a text. The queues are
///
/// | Symbol                 | Since | Records                             |
/// |------------------------|-------|-------------------------------------|
/// | `audit_queue`          | 4.10  | not sent yet                        |
/// | `audit_retry_queue`    | 4.10  | whose sending failed                |
/// | `audit_hold_queue`     | 4.10  | kept for a daemon that may come     |
/// | `audit_skb_queue`      |       | until 4.9: not sent yet             |
/// | `audit_skb_hold_queue` |       | until 4.9: kept for a daemon        |
///
/// @param type as `include/uapi/linux/audit.h` numbers them
record AuditRecords(int type, String text) {

    private static final List<String> QUEUES =
            List.of("audit_hold_queue", "audit_retry_queue", "audit_queue", "audit_skb_hold_queue", "audit_skb_queue");

    /// `audit_backlog_limit` is some thousands at most.
    private static final int MOST_RECORDS = 1 << 20;

    /// `MAX_AUDIT_MESSAGE_LENGTH` is 8970.
    private static final int LONGEST_TEXT = 1 << 16;

    static Result of(Kernel kernel) throws IOException {
        boolean any = false;
        for (String queue : QUEUES) {
            any |= kernel.symbols().address(queue).isPresent();
        }
        if (!any) {
            throw new UsageException("this kernel has no audit log: it was built without CONFIG_AUDIT");
        }
        RowSource<AuditRecords> rows = sink -> {
            Ending ending = Ending.COMPLETE;
            for (String queue : QUEUES) {
                OptionalLong head = kernel.symbols().address(queue);
                if (head.isPresent()) {
                    ending = ending.and(records(kernel, queue, head.getAsLong(), sink));
                }
            }
            return ending;
        };
        return Result.rows("records", rows, new RecordLayout());
    }

    private static Ending records(Kernel kernel, String queue, long head, RowSource.Sink<? super AuditRecords> sink)
            throws IOException {
        try {
            long count = 0;
            KernelObject next = kernel.object("struct sk_buff_head", head).member("next");
            while (next.unsigned() != head) {
                if (next.isZero() || ++count > MOST_RECORDS) {
                    return Ending.incomplete(queue + " does not come back to its head");
                }
                KernelObject buffer = kernel.object("struct sk_buff", next.unsigned());
                sink.take(record(kernel, buffer.member("data").unsigned()));
                next = buffer.member("next");
            }
            return Ending.COMPLETE;
        } catch (MemoryFault lost) {
            return Ending.incomplete(queue + ": " + lost.getMessage());
        }
    }

    private static AuditRecords record(Kernel kernel, long data) throws IOException {
        KernelObject header = kernel.object("struct nlmsghdr", data);
        long bytes = header.member("nlmsg_len").unsigned() - header.bytes();
        byte[] text = new byte[Math.clamp(bytes, 0, LONGEST_TEXT)];
        kernel.space().read(data + header.bytes(), ByteBuffer.wrap(text));
        int end = text.length;
        while (end > 0 && text[end - 1] == 0) {
            end--;
        }
        int type = (int) header.member("nlmsg_type").unsigned();
        return new AuditRecords(type, new String(text, 0, end, StandardCharsets.UTF_8));
    }

    private static final class RecordLayout implements Layout<AuditRecords> {

        private boolean any;

        @Override
        public void text(AuditRecords row, TextWriter out) throws IOException {
            any = true;
            out.text("type=").number(row.type()).text(" ").line(row.text());
        }

        @Override
        public void end(TextWriter out) throws IOException {
            if (!any) {
                out.line("log: kernel audit log is empty");
            }
        }

        @Override
        public void members(AuditRecords row, JsonWriter json) throws IOException {
            json.name("type").value(row.type()).name("text").value(row.text());
        }
    }
}
