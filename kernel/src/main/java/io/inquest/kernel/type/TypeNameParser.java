package io.inquest.kernel.type;

import io.inquest.kernel.type.QualifiedType.Qualifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a C type name: qualifiers, a tagged or plain type, stars, and array bounds.
///
/// Function types and parentheses are not covered; nobody types them.
final class TypeNameParser {

    private static final List<String> INTEGER_WORDS =
            List.of("signed", "unsigned", "char", "short", "int", "long", "__int128");

    private final Types types;
    private final List<String> tokens;
    private int at;

    TypeNameParser(Types types, String text) {
        this.types = types;
        this.tokens = tokens(text);
    }

    Optional<KernelType> parse() {
        List<Qualifier> qualifiers = new ArrayList<>();
        takeQualifiers(qualifiers);
        KernelType type = specifier();
        if (type == null) {
            return Optional.empty();
        }
        takeQualifiers(qualifiers);
        type = qualified(type, qualifiers);
        while (take("*")) {
            type = types.pointerTo(type);
            qualifiers.clear();
            takeQualifiers(qualifiers);
            type = qualified(type, qualifiers);
        }
        return arrays(type);
    }

    private @Nullable KernelType specifier() {
        if (take("struct")) {
            return tagged(TypeKind.STRUCT);
        }
        if (take("union")) {
            return tagged(TypeKind.UNION);
        }
        if (take("enum")) {
            return tagged(TypeKind.ENUM);
        }
        if (take("void")) {
            return VoidType.VOID;
        }
        if (at < tokens.size() && INTEGER_WORDS.contains(tokens.get(at))) {
            return integer();
        }
        return at < tokens.size() ? named(tokens.get(at++)) : null;
    }

    private @Nullable KernelType tagged(TypeKind kind) {
        return at < tokens.size() ? first(kind, tokens.get(at++)) : null;
    }

    private @Nullable KernelType named(String word) {
        KernelType typedef = first(TypeKind.TYPEDEF, word);
        return typedef != null ? typedef : first(TypeKind.BASE, word);
    }

    private @Nullable KernelType first(TypeKind kind, String name) {
        List<KernelType> found = types.named(kind, name);
        return found.isEmpty() ? null : found.getFirst();
    }

    /// Sizes by the LP64 and ILP32 models, in which only `long` differs: it has the size of a pointer.
    private IntegerType integer() {
        List<String> words = new ArrayList<>();
        while (at < tokens.size() && INTEGER_WORDS.contains(tokens.get(at))) {
            words.add(tokens.get(at++));
        }
        long longs = words.stream().filter("long"::equals).count();
        long bytes = words.contains("char")
                ? 1
                : words.contains("short")
                        ? 2
                        : words.contains("__int128") ? 16 : longs > 1 ? 8 : longs == 1 ? types.pointerBytes() : 4;
        IntegerType.Use use = bytes == 1 ? IntegerType.Use.CHARACTER : IntegerType.Use.NUMBER;
        return new IntegerType(String.join(" ", words), bytes, !words.contains("unsigned"), use);
    }

    private void takeQualifiers(List<Qualifier> into) {
        for (boolean more = true; more; ) {
            more = false;
            for (Qualifier qualifier : Qualifier.values()) {
                if (take(qualifier.toString())) {
                    into.add(qualifier);
                    more = true;
                }
            }
        }
    }

    private static KernelType qualified(KernelType type, List<Qualifier> qualifiers) {
        KernelType result = type;
        for (Qualifier qualifier : qualifiers) {
            KernelType inner = result;
            result = new QualifiedType(qualifier, () -> inner);
        }
        return result;
    }

    /// `[2][3]`: the last bound is the innermost array.
    private Optional<KernelType> arrays(KernelType element) {
        List<Long> bounds = new ArrayList<>();
        while (take("[")) {
            long bound = 0;
            if (at < tokens.size() && !tokens.get(at).equals("]")) {
                bound = number(tokens.get(at++));
            }
            if (bound < 0 || !take("]")) {
                return Optional.empty();
            }
            bounds.add(bound);
        }
        if (at < tokens.size()) {
            return Optional.empty();
        }
        KernelType type = element;
        for (long bound : bounds.reversed()) {
            KernelType inner = type;
            type = new ArrayType(() -> inner, bound);
        }
        return Optional.of(type);
    }

    /// A number or an enumerator's name, as bounds of arrays often are; -1 if it is neither.
    private long number(String word) {
        try {
            return Integer.decode(word);
        } catch (NumberFormatException notANumber) {
            return types.enumerator(word).orElse(-1);
        }
    }

    private boolean take(String token) {
        if (at < tokens.size() && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int start = i;
            while (i < text.length() && isWord(text.charAt(i))) {
                i++;
            }
            if (i == start) {
                i++;
            }
            String token = text.substring(start, i).strip();
            if (!token.isEmpty()) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
