package io.inquest.kernel.page;

/// How the scan of one chunk stands: the block it is in, and the damage it met.
final class ChunkFindings {

    private byte blockClass;
    private long blockFrames;
    private long invalidOrders;
    private long firstInvalid;
    private long lost;
    private long firstLost;
    private String lostReason = "";

    /// The next `frames` frames belong to a block of this class.
    void carry(byte pageClass, long frames) {
        blockClass = pageClass;
        blockFrames = frames;
    }

    byte blockClass() {
        return blockClass;
    }

    /// How many of the next frames belong to the current block.
    long blockFrames() {
        return blockFrames;
    }

    void passed(int frames) {
        blockFrames -= frames;
    }

    void noteInvalidOrder(long pfn) {
        firstInvalid = invalidOrders++ == 0 ? pfn : firstInvalid;
    }

    void noteLost(StructPages block) {
        int count = block.lostCount();
        if (count != 0) {
            if (lost == 0) {
                firstLost = block.firstPfn() + block.firstLost();
                lostReason = block.fault();
            }
            lost += count;
        }
    }

    long invalidOrders() {
        return invalidOrders;
    }

    long firstInvalid() {
        return firstInvalid;
    }

    long lost() {
        return lost;
    }

    long firstLost() {
        return firstLost;
    }

    String lostReason() {
        return lostReason;
    }

    /// Adds the damage of a chunk that lies behind this one.
    void add(ChunkFindings later) {
        if (lost == 0) {
            firstLost = later.firstLost;
            lostReason = later.lostReason;
        }
        if (invalidOrders == 0) {
            firstInvalid = later.firstInvalid;
        }
        lost += later.lost;
        invalidOrders += later.invalidOrders;
    }
}
