package io.inquest.crash.command.system;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Column;
import io.inquest.crash.result.Columns;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.module.Module;
import io.inquest.kernel.module.Modules;
import io.inquest.kernel.system.Taint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `mod`: the modules that were loaded.
public final class ModCommand implements Command {

    private static final Option TAINTS = Option.flag("t", "only modules that taint the kernel, and how");

    private static final Option ALL_SYMBOLS = Option.flag("S", "accepted as in crash");
    private static final Option FORGET = Option.value("d", "module", "accepted as in crash");
    private static final Option FORGET_ALL = Option.flag("D", "accepted as in crash");
    private static final Option READ_NOW = Option.flag("r", "accepted as in crash");
    private static final Option AGAIN = Option.flag("R", "accepted as in crash");
    private static final Option OLD = Option.flag("o", "accepted as in crash");
    private static final Option SECTIONS = Option.flag("g", "accepted as in crash");
    private static final Option SYMBOLS = Option.value("s", "module", "only this module");

    private static final Declaration DECLARATION = Declaration.of("mod", "modules that were loaded")
            .options(TAINTS, ALL_SYMBOLS, SYMBOLS)
            .options(FORGET, FORGET_ALL, READ_NOW, AGAIN, OLD, SECTIONS)
            .takes("module | folder", 0, Declaration.ANY_NUMBER)
            .details("""
                    Symbols of modules come out of the dump, so nothing has to be loaded before they can be used:
                    -S and a folder or file after a module's name are accepted as in crash, and so are -d and -D,
                    which make crash forget them: here they have no answer and change nothing.""")
            .example("mod -s ext4", "one module")
            .example("mod -t", "which modules are not to be trusted");

    /// A module in the list.
    ///
    /// @param base where it begins
    /// @param taints the letters of its taints
    private record Row(long address, String name, long base, long bytes, String taints) {}

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        Modules modules = kernel.modules();
        List<Row> rows = new ArrayList<>();
        for (Module module : modules) {
            rows.add(new Row(module.address(), module.name(), module.base(), module.bytes(), letters(module.taints())));
        }
        rows.sort(Comparator.comparingLong(Row::base));
        if (invocation.has(FORGET) || invocation.has(FORGET_ALL)) {
            checkLoaded(invocation.arguments().values(FORGET), rows);
            return Result.nothing();
        }
        if (invocation.has(TAINTS)) {
            rows.removeIf(row -> row.taints().isEmpty());
        }
        keepAsked(invocation, rows);
        if (rows.isEmpty() && modules.end().isComplete()) {
            return Result.text(invocation.has(TAINTS) ? "no tainted modules\n" : "no modules installed\n");
        }
        RowSource<Row> source = sink -> RowSource.of(rows).forEach(sink).and(Ending.of(modules.end()));
        int nameWidth = rows.stream().mapToInt(row -> row.name().length()).max().orElse(4);
        if (invocation.has(TAINTS)) {
            return Result.rows("modules", source, tainted(nameWidth));
        }
        boolean byParts = kernel.types().findStruct("module_memory").isPresent();
        int sizeWidth = rows.stream()
                .mapToInt(row -> Long.toString(row.bytes()).length())
                .max()
                .orElse(4);
        return Result.rows("modules", source, list(nameWidth, Math.max(sizeWidth, 4), byParts));
    }

    private static void keepAsked(Invocation invocation, List<Row> rows) {
        List<String> names = invocation.arguments().values(SYMBOLS);
        checkLoaded(names, rows);
        rows.removeIf(row -> !names.isEmpty() && !names.contains(row.name()));
    }

    private static void checkLoaded(List<String> names, List<Row> rows) {
        for (String name : names) {
            if (rows.stream().noneMatch(row -> row.name().equals(name))) {
                throw new UsageException("no module " + name + " was loaded");
            }
        }
    }

    private static String letters(long mask) {
        StringBuilder letters = new StringBuilder();
        Taint.of(mask).forEach(taint -> letters.append(taint.letter()));
        return letters.toString();
    }

    private static Columns<Row> tainted(int nameWidth) {
        return Columns.of(List.of(
                Column.words("name", "NAME", nameWidth, Row::name), Column.words("taints", "TAINTS", 0, Row::taints)));
    }

    /// Since 6.4 modules lie in several pieces of memory, of which the first is code: crash calls the column so.
    private static Columns<Row> list(int nameWidth, int sizeWidth, boolean byParts) {
        String base = byParts ? "   TEXT_BASE    " : "      BASE      ";
        String heading = "     MODULE       " + padded("NAME", nameWidth) + "  " + base + "  "
                + " ".repeat(sizeWidth - 4) + "SIZE  OBJECT FILE";
        return Columns.under(
                heading,
                "  ",
                List.of(
                        Column.hex("module", "", 16, Row::address),
                        Column.words("name", "", nameWidth, Row::name),
                        Column.hex("base", "", 16, Row::base),
                        Column.number("bytes", "", sizeWidth, Row::bytes),
                        new Column.Cell<>(
                                "",
                                0,
                                row -> "(not loaded)  [CONFIG_KALLSYMS]",
                                (row, json) -> json.name("objectFile").nullValue())));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
