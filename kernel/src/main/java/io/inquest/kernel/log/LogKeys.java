package io.inquest.kernel.log;

import io.inquest.dump.DumpException;
import io.inquest.kernel.VmcoreInfo;
import java.util.OptionalLong;

/// Keys of vmcoreinfo without which the log cannot be read.
final class LogKeys {

    /// No member of the log's structures lies further in, and none of them is larger.
    private static final int MAX_STRUCT_BYTES = 1 << 16;

    private LogKeys() {}

    static long symbol(VmcoreInfo info, String name) throws DumpException {
        return info.symbol(name).orElseThrow(() -> missing("SYMBOL", name));
    }

    static int offset(VmcoreInfo info, String member) throws DumpException {
        return within("OFFSET", member, info.offset(member));
    }

    static int size(VmcoreInfo info, String type) throws DumpException {
        int size = within("SIZE", type, info.size(type));
        if (size == 0) {
            throw new DumpException("vmcoreinfo: SIZE(" + type + ") is 0");
        }
        return size;
    }

    private static int within(String kind, String name, OptionalLong value) throws DumpException {
        long number = value.orElseThrow(() -> missing(kind, name));
        if (number < 0 || number > MAX_STRUCT_BYTES) {
            throw new DumpException(
                    "vmcoreinfo: " + kind + "(" + name + ") is " + number + ", which no structure of the log needs");
        }
        return (int) number;
    }

    private static DumpException missing(String kind, String name) {
        return new DumpException("vmcoreinfo does not describe the log: it has no " + kind + "(" + name + ")");
    }
}
