package io.inquest.crash.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answers of `p` in one session, by number: `$1`, `$2` and so on, as in gdb.
public final class Answers {

    private final List<Value> values = new ArrayList<>();

    /// Keeps an answer; says its number.
    public int add(Value value) {
        values.add(value);
        return values.size();
    }

    /// The answer of that number; 0 stands for the last one.
    Optional<Value> find(int number) {
        int index = number == 0 ? values.size() - 1 : number - 1;
        return index < 0 || index >= values.size() ? Optional.empty() : Optional.of(values.get(index));
    }
}
