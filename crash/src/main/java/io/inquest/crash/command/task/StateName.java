package io.inquest.crash.command.task;

import io.inquest.kernel.task.Task;
import io.inquest.kernel.task.TaskState;

/// What crash calls the states of tasks.
final class StateName {

    private StateName() {}

    /// Two letters.
    static String brief(TaskState state) {
        return switch (state) {
            case RUNNING -> "RU";
            case SLEEPING -> "IN";
            case UNINTERRUPTIBLE -> "UN";
            case STOPPED -> "ST";
            case TRACED -> "TR";
            case DEAD -> "DE";
            case ZOMBIE -> "ZO";
            case PARKED -> "PA";
            case IDLE -> "ID";
            case NEW -> "NE";
            case WAKING -> "WA";
        };
    }

    /// The kernel's own name.
    static String full(Task task) {
        return switch (task.state()) {
            case RUNNING -> "TASK_RUNNING";
            case SLEEPING -> "TASK_INTERRUPTIBLE";
            case UNINTERRUPTIBLE -> "TASK_UNINTERRUPTIBLE";
            case STOPPED -> "TASK_STOPPED";
            case TRACED -> "TASK_TRACED";
            case DEAD -> "EXIT_DEAD";
            case ZOMBIE -> "EXIT_ZOMBIE";
            case PARKED -> "TASK_PARKED";
            case IDLE -> "TASK_UNINTERRUPTIBLE|TASK_NOLOAD";
            case NEW -> "TASK_NEW";
            case WAKING -> "TASK_WAKING";
        };
    }
}
