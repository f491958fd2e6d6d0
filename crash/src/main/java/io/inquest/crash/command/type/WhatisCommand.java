package io.inquest.crash.command.type;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Result;
import io.inquest.crash.value.KernelScope;
import io.inquest.crash.value.StructText;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.kernel.type.TypedefType;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.VoidType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `whatis`: the declaration of a type or symbol, and the structs of a size or with a member.
public final class WhatisCommand implements Command {

    private static final Option OFFSETS = Option.flag("o", "the offset of each member");
    private static final Option SIZE = Option.value("r", "size | low-high", "the structs of that size");
    private static final Option MEMBER =
            Option.value("m", "type", "the structs with a member whose type has that text, also deeper inside");

    private static final Declaration DECLARATION = Declaration.of("whatis", "the declaration of a type or symbol")
            .options(OFFSETS, SIZE, MEMBER)
            .takes("type | symbol", 0, Declaration.ANY_NUMBER)
            .example("whatis vfs_read", "a function")
            .example("whatis pid_t", "a typedef")
            .example("whatis -r 192 -m mm_struct", "what of 192 bytes points to a mm_struct?");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Optional<String> size = invocation.value(SIZE);
        Optional<String> member = invocation.value(MEMBER);
        if (size.isPresent() || member.isPresent()) {
            return TypeSearch.of(invocation, size, member);
        }
        if (invocation.words().isEmpty()) {
            throw new UsageException("an argument is missing: type | symbol");
        }
        return declaration(invocation, String.join(" ", invocation.words()));
    }

    private static Result declaration(Invocation invocation, String word) throws IOException {
        Kernel kernel = invocation.kernel();
        Types types = kernel.typesWithModules();
        int dot = word.indexOf('.');
        if (dot > 0) {
            TypeRequest request = TypeRequest.parse(types, withoutKeyword(word), TypeRequest.Accepts.ALL);
            Member member = request.struct()
                    .memberAt(request.members().getFirst().text())
                    .orElseThrow(() -> new UsageException("cannot resolve: " + word));
            String text = new StructText(request.struct())
                    .memberAt(member.type(), request.members().getFirst().text(), member.offset());
            return definition(member.type(), text);
        }
        Optional<KernelType> type = type(types, word);
        if (type.isPresent()) {
            return definition(type.get(), text(type.get(), invocation.has(OFFSETS)));
        }
        if (kernel.symbols().address(word).isEmpty()) {
            throw new UsageException("cannot resolve: " + word);
        }
        KernelType variable = new KernelScope(kernel, invocation.session().answers()).typeOf(word);
        if (variable instanceof VoidType) {
            throw new UsageException("the type of " + word + " is not known: BTF has those of few variables");
        }
        return definition(variable, variable.declare(word) + ";\n");
    }

    private static String withoutKeyword(String word) {
        for (String keyword : List.of("struct ", "union ")) {
            if (word.startsWith(keyword)) {
                return word.substring(keyword.length());
            }
        }
        return word;
    }

    private static Optional<KernelType> type(Types types, String word) {
        return types.find(word)
                .or(() -> types.findStruct(word))
                .or(() -> types.named(TypeKind.ENUM, word).stream().findFirst());
    }

    private static String text(KernelType type, boolean offsets) {
        return switch (type) {
            case StructType struct when offsets -> new StructText(struct).withOffsets();
            case StructType struct -> new StructText(struct).definition();
            case TypedefType typedef -> StructText.typedef(typedef);
            case EnumType enumeration -> enumeration(enumeration);
            default -> "SIZE: " + type.bytes() + "\n";
        };
    }

    private static String enumeration(EnumType type) {
        StringBuilder text = new StringBuilder(type.name()).append(" {\n");
        for (EnumType.Enumerator each : type.enumerators()) {
            text.append("  ")
                    .append(each.name())
                    .append(" = ")
                    .append(each.value())
                    .append('\n');
        }
        return text.append("};\n").toString();
    }

    private static Result definition(KernelType type, String text) {
        return Result.one(new StructLayout.Definition(type, text), new StructLayout.OfDefinition());
    }
}
