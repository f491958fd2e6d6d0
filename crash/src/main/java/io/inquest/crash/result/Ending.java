package io.inquest.crash.result;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.log.LogEnd;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.task.Task;
import java.util.ArrayList;
import java.util.List;

/// How an answer ended.
///
/// @param sentences one for each thing that could not be told, but for tasks
/// @param lostTasks how many tasks could not be told of: of hundreds with the same page missing one sentence is
///     enough
/// @param firstLost the first of them and why, "" if there are none
public record Ending(List<String> sentences, int lostTasks, String firstLost) {

    public static final Ending COMPLETE = new Ending(List.of(), 0, "");

    public Ending {
        sentences = List.copyOf(sentences);
    }

    public Ending(List<String> sentences) {
        this(sentences, 0, "");
    }

    /// An answer that lacks a task.
    public static Ending lostTask(Task task, MemoryFault why) {
        return lostTask(task.toString(), why);
    }

    /// An answer that lacks something of a task: `task 0xffff8e730123a100`.
    public static Ending lostTask(String task, MemoryFault why) {
        return new Ending(List.of(), 1, task + " cannot be read: " + why.getMessage());
    }

    /// A sentence for each thing that could not be told; none of a complete answer.
    public List<String> missing() {
        if (lostTasks == 0) {
            return sentences;
        }
        List<String> all = new ArrayList<>(sentences);
        all.add(lostTasks == 1 ? firstLost : lostTasks + " tasks cannot be read as a whole; the first: " + firstLost);
        return all;
    }

    public static Ending of(WalkEnd end) {
        return end.isComplete() ? COMPLETE : new Ending(List.of(end.sentence()));
    }

    public static Ending of(LogEnd end) {
        return end instanceof LogEnd.Complete ? COMPLETE : new Ending(List.of(end.describe()));
    }

    /// An answer that ended early for that reason.
    public static Ending incomplete(String sentence) {
        return new Ending(List.of(sentence));
    }

    public boolean isComplete() {
        return sentences.isEmpty() && lostTasks == 0;
    }

    /// The ending of an answer that has both parts.
    public Ending and(Ending other) {
        if (isComplete()) {
            return other;
        }
        List<String> both = new ArrayList<>(sentences);
        for (String sentence : other.sentences) {
            if (!both.contains(sentence)) {
                both.add(sentence);
            }
        }
        return new Ending(both, lostTasks + other.lostTasks, firstLost.isEmpty() ? other.firstLost : firstLost);
    }
}
