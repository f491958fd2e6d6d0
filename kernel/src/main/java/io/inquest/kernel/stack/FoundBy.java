package io.inquest.kernel.stack;

/// How a frame was found, and so how far to trust it.
public enum FoundBy {
    /// From the registers that were saved for the CPU when the kernel died.
    REGISTERS("registers", Trust.CERTAIN),
    /// From what the scheduler saved when it switched to another task.
    SWITCH_FRAME("switch frame", Trust.CERTAIN),
    /// From the registers of a user program where the kernel keeps them, without a chain that leads there.
    USER_REGISTERS("user registers", Trust.CERTAIN),
    /// From a return address into the function that the CPU, or the task when it began to wait, was in last.
    LAST_FUNCTION("last function", Trust.LIKELY),
    /// By the kernel's ORC tables.
    ORC("ORC", Trust.CERTAIN),
    /// By call frame information of a debug file.
    CFI("CFI", Trust.CERTAIN),
    /// By the chain of frame pointers.
    FRAME_POINTER("frame pointer", Trust.LIKELY),
    /// By a return address behind a call of just this function, the nearest one.
    CALL_SITE("call site", Trust.LIKELY),
    /// By a tracer that had put its own address in place of the return address: what the function graph tracer keeps
    /// of the task's calls tells what was there.
    GRAPH_TRACER("function graph tracer", Trust.CERTAIN),
    /// The same for a return probe: what kretprobes keep of the task's calls.
    RETURN_PROBE("return probe", Trust.CERTAIN),
    /// As the user said.
    GIVEN("as given", Trust.CERTAIN),
    /// By the nearest word that may be a return address: stale words of earlier calls look the same.
    SCAN("scan", Trust.GUESSED);

    private final String words;
    private final Trust trust;

    FoundBy(String words, Trust trust) {
        this.words = words;
        this.trust = trust;
    }

    /// In words for people and JSON.
    public String words() {
        return words;
    }

    public Trust trust() {
        return trust;
    }
}
