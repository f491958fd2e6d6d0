package io.inquest.crash.command.type;

import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.value.ValueText;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.KernelType;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Entries of a list or tree: the address of each, and what lies there if asked.
///
/// @param space where they lie
/// @param request the type and members to show of each
/// @param embedded offset of the entry's address in its struct
/// @param layout how those look
/// @param plainly whether members of 1 to 8 bytes are bare numbers, and texts end at their NUL
record EntryLayout(
        AddressSpace space, Optional<TypeRequest> request, long embedded, StructLayout layout, boolean plainly)
        implements Layout<Long> {

    /// What `-S` of crash shows.
    static EntryLayout plain(Invocation invocation, String request, long embedded, boolean hexadecimal)
            throws IOException {
        EntryLayout whole = of(invocation, Optional.of(request), embedded, hexadecimal);
        return new EntryLayout(whole.space, whole.request, embedded, whole.layout, true);
    }

    static EntryLayout of(Invocation invocation, Optional<String> request, long embedded, boolean hexadecimal)
            throws IOException {
        Optional<TypeRequest> parsed = Optional.empty();
        if (request.isPresent()) {
            parsed = Optional.of(
                    TypeRequest.parse(invocation.kernel().typesWithModules(), request.get(), TypeRequest.Accepts.ALL));
        }
        List<MemberPath> members = parsed.map(TypeRequest::members).orElse(List.of());
        ValueText values = invocation.values(hexadecimal);
        return new EntryLayout(
                invocation.kernel().space(),
                parsed,
                embedded,
                new StructLayout(values, members, false, ValueText.DEFAULT_ELEMENTS),
                false);
    }

    @Override
    public void text(Long entry, TextWriter out) throws IOException {
        out.hex(entry).newLine();
        contents(entry, out);
    }

    /// What lies at an entry, if that is asked.
    void contents(long entry, TextWriter out) throws IOException {
        if (request.isEmpty()) {
            return;
        }
        StructLayout.Row row = new StructLayout.Row(object(request.get().type(), entry), "", false);
        if (plainly && !layout.members().isEmpty()) {
            layout.plainText(row, out);
        } else {
            layout.text(row, out);
        }
    }

    private KernelObject object(KernelType type, long entry) {
        return KernelObject.at(space, type, entry - embedded);
    }

    @Override
    public void members(Long entry, JsonWriter json) throws IOException {
        json.name("entry").hex(entry);
        if (request.isPresent()) {
            layout.members(new StructLayout.Row(object(request.get().type(), entry), "", false), json);
        }
    }
}
