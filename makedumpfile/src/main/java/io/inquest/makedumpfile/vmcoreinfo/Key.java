package io.inquest.makedumpfile.vmcoreinfo;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// One line of a vmcoreinfo text and how its value is found.
///
/// @param text the whole key, such as `OFFSET(page.lru)`
/// @param value empty where the kernel has no such thing, and the line is left out
record Key(String text, Function<KernelFacts, OptionalLong> value) {

    static Key symbol(String name) {
        return new Key("SYMBOL(" + name + ")", facts -> facts.symbol().apply(name));
    }

    static Key size(String type) {
        return new Key("SIZE(" + type + ")", facts -> facts.size(type));
    }

    /// `paths` are the names of the member in the kernels since, newest first; the key has the first.
    static Key offset(String struct, String... paths) {
        return new Key("OFFSET(" + struct + "." + paths[0] + ")", facts -> {
            OptionalLong found = OptionalLong.empty();
            for (int i = 0; i < paths.length && found.isEmpty(); i++) {
                found = facts.offset(struct, paths[i]);
            }
            return found;
        });
    }

    static Key length(String variable) {
        return new Key("LENGTH(" + variable + ")", facts -> facts.variableLength(variable));
    }

    static Key memberLength(String struct, String path) {
        return new Key("LENGTH(" + struct + "." + path + ")", facts -> facts.memberLength(struct, path));
    }

    static Key enumerator(String name) {
        return number(name, facts -> facts.enumerator(name));
    }

    static Key number(String name, Function<KernelFacts, OptionalLong> value) {
        return new Key("NUMBER(" + name + ")", value);
    }

    /// The line without its newline: symbols in hexadecimal, all else in decimal.
    Optional<String> line(KernelFacts facts) {
        OptionalLong found = value.apply(facts);
        return found.isEmpty() ? Optional.empty() : Optional.of(text + "=" + digits(found.getAsLong()));
    }

    private String digits(long number) {
        return text.startsWith("SYMBOL(") ? Long.toHexString(number) : Long.toString(number);
    }
}
