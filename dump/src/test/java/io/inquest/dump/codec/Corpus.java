package io.inquest.dump.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Blocks that every codec has to bring back, by name.
final class Corpus {

    static final int PAGE_BYTES = 4096;

    private Corpus() {}

    static Map<String, byte[]> blocks() {
        Map<String, byte[]> blocks = new LinkedHashMap<>();
        for (int length : new int[] {0, 1, 2, 3, 4, 7, 8, 12, 15, 16, 17, 31, 33, 63, 64, 65, 127, 255, 256, 300}) {
            blocks.put(length + " zeros", new byte[length]);
            blocks.put(length + " random bytes", random(length, length));
            blocks.put(length + " letters", text(length));
        }
        for (int length : new int[] {4095, PAGE_BYTES, 16384, 65536, 200_000}) {
            blocks.put(length + " zeros", new byte[length]);
            blocks.put(length + " random bytes", random(length, length));
            blocks.put(length + " letters", text(length));
            blocks.put(length + " bytes of structures", structures(length));
            blocks.put(length + " bytes of few values", fewValues(length));
        }
        for (int stride = 1; stride <= 20; stride++) {
            blocks.put("a pattern of " + stride + " bytes", pattern(stride));
        }
        blocks.put("random bytes twice, far apart", twice());
        List<byte[]> pages = pages();
        for (int i = 0; i < pages.size(); i++) {
            blocks.put("kernel page " + i, pages.get(i));
        }
        return blocks;
    }

    /// Eight pages of a Debian 6.1 kernel, from the smallest to the largest when compressed; the last is noise.
    static List<byte[]> pages() {
        byte[] all = resource("pages");
        List<byte[]> pages = new ArrayList<>();
        for (int at = 0; at < all.length; at += PAGE_BYTES) {
            pages.add(Arrays.copyOfRange(all, at, at + PAGE_BYTES));
        }
        return pages;
    }

    /// The same pages as a reference library stores them, each behind its size as a 32-bit word.
    static List<byte[]> pagesBy(String library) {
        ByteBuffer all = ByteBuffer.wrap(resource("pages." + library)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> stored = new ArrayList<>();
        while (all.hasRemaining()) {
            byte[] block = new byte[all.getInt()];
            all.get(block);
            stored.add(block);
        }
        return stored;
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; text.length() < length; line++) {
            text.append("[  ")
                    .append(line * 37 % 1000)
                    .append(".123456] usb 1-")
                    .append(line % 7);
            text.append(": new device found, idVendor=")
                    .append(line * line % 9973)
                    .append('\n');
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    /// Words as in kernel memory: pointers with equal upper halves, small numbers, zeros.
    private static byte[] structures(int length) {
        Random random = new Random(length);
        ByteBuffer bytes = ByteBuffer.allocate(length + 8).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.position() < length) {
            bytes.putLong(
                    switch (random.nextInt(4)) {
                        case 0 -> 0xffff_8880_0000_0000L + random.nextInt(1 << 26) * 64L;
                        case 1 -> random.nextInt(5000);
                        default -> 0;
                    });
        }
        return Arrays.copyOf(bytes.array(), length);
    }

    private static byte[] fewValues(int length) {
        Random random = new Random(length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(8) * random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] pattern(int stride) {
        byte[] seed = random(stride, stride);
        byte[] bytes = new byte[1000 + stride];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = seed[i % stride];
        }
        return bytes;
    }

    private static byte[] twice() {
        byte[] bytes = random(80_000, 1);
        System.arraycopy(bytes, 0, bytes, 45_000, 20_000);
        System.arraycopy(bytes, 70_000, bytes, 74_000, 3_000);
        return bytes;
    }

    static byte[] resource(String name) {
        try (InputStream in = Corpus.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no test resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
