package io.inquest.capture.storage.raw;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of one file on a raw device.
final class RawInput extends InputStream {

    private static final int MOST_BYTES = 1 << 16;

    private final RawDevice device;
    private final long end;
    private long at;

    RawInput(RawDevice device, RawEntry entry) {
        this.device = device;
        this.at = entry.offset();
        this.end = entry.end();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        if (at >= end) {
            return -1;
        }
        int some = (int) Math.min(Math.min(count, MOST_BYTES), end - at);
        System.arraycopy(device.read(at, some), 0, bytes, from, some);
        at += some;
        return some;
    }
}
