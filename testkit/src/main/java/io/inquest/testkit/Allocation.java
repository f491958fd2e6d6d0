package io.inquest.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// How much memory a piece of work asks for, whether it keeps it or not.
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /// Bytes that the calling thread has allocated since it began.
    public static long ofThisThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
