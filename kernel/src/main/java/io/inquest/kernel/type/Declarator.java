package io.inquest.kernel.type;

import java.util.List;

/// C's way to declare a variable inside out: `int *(*name[4])(long)`.
final class Declarator {

    /// More levels than any declaration has; damaged types may form a ring.
    private static final int DEEPEST = 32;

    /// More parts than any declaration has: of damaged types each parameter can have the function itself for its type.
    private static final int MOST_PARTS = 1000;

    private int partsLeft = MOST_PARTS;

    private Declarator() {}

    /// `variable` declared as `type`; an empty name gives a type name.
    static String of(KernelType type, String variable) {
        return new Declarator().of(type, variable, 0);
    }

    private String of(KernelType type, String inner, int depth) {
        if (depth > DEEPEST || partsLeft <= 0) {
            return join("…", inner);
        }
        partsLeft--;
        return switch (type) {
            case VoidType ignored -> join("void", inner);
            case IntegerType integer -> join(integer.spelling(), inner);
            case FloatType real -> join(real.keyword(), inner);
            case StructType struct -> join(tagged(struct.keyword().toString(), struct.tag()), inner);
            case EnumType enumeration -> join(tagged("enum", enumeration.tag()), inner);
            case TypedefType typedef -> join(typedef.alias(), inner);
            case QualifiedType qualified -> qualified(qualified, inner, depth);
            case PointerType pointer -> pointer(pointer, inner, depth);
            case ArrayType array -> of(array.element(), inner + bracket(array), depth + 1);
            case FunctionType function -> of(function.result(), inner + parameters(function, depth), depth + 1);
        };
    }

    private static String tagged(String keyword, String tag) {
        return keyword + " " + (tag.isEmpty() ? "{...}" : tag);
    }

    private static String join(String type, String inner) {
        return inner.isEmpty() ? type : type + " " + inner;
    }

    private static String bracket(ArrayType array) {
        return array.length() == 0 ? "[]" : "[" + array.length() + "]";
    }

    /// `const` stands before a plain type and behind the star of a pointer.
    private String qualified(QualifiedType qualified, String inner, int depth) {
        String word = qualified.qualifier().toString();
        if (qualified.target() instanceof PointerType pointer) {
            return pointerTo(pointer.target(), join("*" + word, inner), depth);
        }
        return word + " " + of(qualified.target(), inner, depth + 1);
    }

    private String pointer(PointerType pointer, String inner, int depth) {
        return pointerTo(pointer.target(), "*" + inner, depth);
    }

    private String pointerTo(KernelType target, String inner, int depth) {
        boolean bindsTighter = target instanceof ArrayType || target instanceof FunctionType;
        return of(target, bindsTighter ? "(" + inner + ")" : inner, depth + 1);
    }

    private String parameters(FunctionType function, int depth) {
        List<FunctionType.Parameter> parameters = function.parameters();
        if (parameters.isEmpty()) {
            return function.variadic() ? "(...)" : "(void)";
        }
        StringBuilder text = new StringBuilder("(");
        for (FunctionType.Parameter parameter : parameters) {
            if (partsLeft <= 0) {
                return text.append(text.length() > 1 ? ", …)" : "…)").toString();
            }
            text.append(text.length() > 1 ? ", " : "").append(of(parameter.type(), "", depth + 1));
        }
        return text.append(function.variadic() ? ", ...)" : ")").toString();
    }
}
