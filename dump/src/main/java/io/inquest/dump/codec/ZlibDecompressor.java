package io.inquest.dump.codec;

import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads zlib streams (RFC 1950) with the JDK's zlib, which checks the Adler-32 sum at their end.
final class ZlibDecompressor implements BlockDecompressor {

    private final Inflater inflater = new Inflater();
    private final byte[] surplus = new byte[1];

    @Override
    public Compression compression() {
        return Compression.ZLIB;
    }

    @Override
    public int decompress(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit)
            throws MalformedBlockException {
        Objects.checkFromIndexSize(targetOffset, targetLimit, target.length);
        inflater.reset();
        inflater.setInput(source, sourceOffset, length);
        try {
            int produced = inflater.inflate(target, targetOffset, targetLimit);
            // A full target does not tell whether the stream ends here; asking for one more byte does.
            int more = inflater.finished() ? 0 : inflater.inflate(surplus);
            checkEnd(produced, more, targetLimit);
            return produced;
        } catch (DataFormatException damage) {
            throw new MalformedBlockException(
                    "zlib stream is damaged before byte " + inflater.getBytesRead() + ": " + damage.getMessage(),
                    damage);
        }
    }

    private void checkEnd(int produced, int more, int targetLimit) throws MalformedBlockException {
        if (more > 0) {
            throw new MalformedBlockException("zlib stream holds more than the " + targetLimit + " bytes expected");
        }
        if (!inflater.finished()) {
            throw new MalformedBlockException("zlib stream ends early, after " + inflater.getBytesRead()
                    + " bytes that gave " + produced + " bytes");
        }
        if (inflater.getRemaining() > 0) {
            throw new MalformedBlockException(
                    "zlib stream ends at byte " + inflater.getBytesRead() + ", before the end of its block");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
