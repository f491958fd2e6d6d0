package io.inquest.crash.command.system;

import io.inquest.crash.UsageException;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.PointerType;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// `sys -i`: what the firmware says of the machine (kernel: `drivers/firmware/dmi_scan.c`, `dmi_ident[]`).
///
/// @param name the kernel's name of the field
record MachineIdentity(String name, String value) {

    private static final int LABEL_WIDTH = 23;
    private static final int MOST_FIELDS = 64;

    static Result of(Kernel kernel) throws IOException {
        OptionalLong table = kernel.symbols().address("dmi_ident");
        if (table.isEmpty() || !(kernel.types().find("enum dmi_field").orElse(null) instanceof EnumType fields)) {
            throw new UsageException("this kernel has no dmi_ident and so no identity of its machine");
        }
        int wordBytes = kernel.space().wordBytes();
        KernelType character = new IntegerType("char", 1, true, IntegerType.Use.CHARACTER);
        PointerType text = kernel.types().pointerTo(character);
        List<MachineIdentity> identities = new ArrayList<>();
        // What is named behind the end of the table are no entries of it.
        long end = Math.min(fields.valueOf("DMI_STRING_MAX").orElse(MOST_FIELDS), MOST_FIELDS);
        for (EnumType.Enumerator field : fields.enumerators()) {
            if (field.value() > 0 && field.value() < end) {
                KernelObject pointer =
                        KernelObject.at(kernel.space(), text, table.getAsLong() + field.value() * wordBytes);
                if (!pointer.isZero()) {
                    identities.add(new MachineIdentity(field.name(), pointer.string()));
                }
            }
        }
        return Result.rows("fields", RowSource.of(identities), new IdentityLayout());
    }

    private static final class IdentityLayout implements Layout<MachineIdentity> {

        @Override
        public void text(MachineIdentity row, TextWriter out) throws IOException {
            out.right(row.name(), LABEL_WIDTH).text(": ").line(row.value());
        }

        @Override
        public void members(MachineIdentity row, JsonWriter json) throws IOException {
            json.name("name").value(row.name()).name("value").value(row.value());
        }
    }
}
