package io.inquest.cli.kdump;

import io.inquest.capture.config.Destination;
import io.inquest.capture.config.Setting;
import io.inquest.output.Table;
import io.inquest.output.Table.Column;
import java.io.IOException;

/// The effective configuration as a table: each setting, its value, and where that came from.
final class ConfigText {

    private final Appendable out;

    ConfigText(Appendable out) {
        this.out = out;
    }

    void write(ShownConfig shown) throws IOException {
        Table table = Table.of(Column.words("SETTING"), Column.words("VALUE"), Column.words("FROM"));
        int order = 0;
        for (ShownConfig.ShownTarget target : shown.targets()) {
            order++;
            Destination destination = target.destination();
            table.row("target " + order, text(destination.target()), from(destination.target()));
            table.row("  path", text(destination.path()), from(destination.path()));
            table.row("  saves to", target.place().toString(), "");
        }
        for (Row row : ConfigRows.of(shown.reading().configuration())) {
            table.row(row.name(), row.text(), row.origin().toString());
        }
        table.writeTo(out);
    }

    private static String text(Setting<?> setting) {
        return setting.value().toString();
    }

    private static String from(Setting<?> setting) {
        return setting.origin().toString();
    }
}
