package io.inquest.kernel.type;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// An enumeration.
public final class EnumType implements KernelType {

    /// One named value.
    public record Enumerator(String name, long value) {}

    private final String tag;
    private final long bytes;
    private final boolean signed;
    private final Later<List<Enumerator>> enumerators;

    /// `tag` is empty for an anonymous enumeration.
    public EnumType(String tag, long bytes, boolean signed, Supplier<List<Enumerator>> enumerators) {
        this.tag = tag;
        this.bytes = bytes;
        this.signed = signed;
        this.enumerators = new Later<>(enumerators);
    }

    public String tag() {
        return tag;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    public boolean signed() {
        return signed;
    }

    /// In the order of their declaration.
    public List<Enumerator> enumerators() {
        return enumerators.get();
    }

    /// The first name of a value.
    public Optional<String> nameOf(long value) {
        return enumerators().stream()
                .filter(each -> each.value() == value)
                .map(Enumerator::name)
                .findFirst();
    }

    public OptionalLong valueOf(String name) {
        return enumerators().stream()
                .filter(each -> each.name().equals(name))
                .mapToLong(Enumerator::value)
                .findFirst();
    }

    @Override
    public String toString() {
        return name();
    }
}
