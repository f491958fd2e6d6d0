package io.inquest.dump.io;

final class MemorySourceTest extends ByteSourceContract {

    @Override
    protected ByteSource open() {
        return new MemorySource("bytes", CONTENTS);
    }
}
