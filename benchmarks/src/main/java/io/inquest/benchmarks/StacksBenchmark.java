package io.inquest.benchmarks;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.stack.Stacks;
import io.inquest.kernel.task.Task;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Tasks and stacks of the 6.12 sample: 92 tasks, some 600 frames.
@State(Scope.Thread)
public class StacksBenchmark {

    private Kernel kernel;

    @Setup
    public void open() throws IOException {
        kernel = Kernel.open(Samples.unpack("6.12-d1"));
        kernel.stacks();
        kernel.tasks();
    }

    @TearDown
    public void close() throws IOException {
        kernel.close();
    }

    /// The stack of every task, ORC tables already read.
    @Benchmark
    public int allStacks() throws IOException {
        int frames = 0;
        for (Task task : kernel.tasks()) {
            frames += kernel.stacks().of(task).frames().size();
        }
        return frames;
    }

    /// The same with ORC tables to be read from the dump.
    @Benchmark
    public int allStacksAtFirst() throws IOException {
        Stacks fresh = Stacks.of(kernel, List.of());
        int frames = 0;
        for (Task task : kernel.tasks()) {
            frames += fresh.of(task).frames().size();
        }
        return frames;
    }
}
