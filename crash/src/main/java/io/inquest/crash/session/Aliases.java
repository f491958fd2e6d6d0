package io.inquest.crash.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Short names for command lines. Those of crash are there from the start.
public final class Aliases {

    /// A name and what it stands for.
    ///
    /// @param builtIn whether it was there from the start
    public record Alias(String name, String commandLine, boolean builtIn) {}

    private static final String[][] BUILT_IN = {
        {"man", "help"},
        {"?", "help"},
        {"quit", "q"},
        {"exit", "q"},
        {"sf", "set scroll off"},
        {"sn", "set scroll on"},
        {"hex", "set radix 16"},
        {"dec", "set radix 10"},
        {"px", "p -x"},
        {"pd", "p -d"},
        {"for", "foreach"},
        {"size", "*"},
        {"dmesg", "log"},
        {"lsmod", "mod"},
        {"last", "ps -l"},
    };

    private final Map<String, Alias> byName = new LinkedHashMap<>();

    Aliases() {
        for (String[] pair : BUILT_IN) {
            byName.put(pair[0], new Alias(pair[0], pair[1], true));
        }
    }

    /// What a command's first word stands for.
    public Optional<Alias> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Alias> all() {
        return List.copyOf(new ArrayList<>(byName.values()));
    }

    public void put(String name, String commandLine) {
        byName.put(name, new Alias(name, commandLine, false));
    }

    /// Removes one; false if there is none.
    public boolean remove(String name) {
        return byName.remove(name) != null;
    }
}
