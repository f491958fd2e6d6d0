package io.inquest.capture.config.read;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Reading;
import java.util.List;

/// Reads configuration files into the one configuration that they make.
public final class ConfigurationReader {

    private ConfigurationReader() {}

    /// Reads all files, each for what its text shows it to be. An error of one does not keep the others' from being
    /// found.
    public static Reading read(List<SourceFile> files) {
        Draft draft = new Draft();
        Problems problems = new Problems();
        for (SourceFile file : files) {
            if (isShell(file.text())) {
                ShellText shell = ShellText.read(file, problems);
                Dialect.of(shell.entries()).read(shell, draft, problems);
            } else {
                KdumpConf.read(file, draft, problems);
            }
        }
        Configuration configuration = draft.finish();
        Contradictions.find(configuration, problems);
        return problems.errors().isEmpty()
                ? new Reading.Valid(configuration, problems.warnings())
                : new Reading.Invalid(problems.errors(), problems.warnings());
    }

    /// Whether the first line that says something is an assignment: a name of capitals, digits and underscores, and an
    /// `=`. Directives of kdump.conf are small letters.
    private static boolean isShell(String text) {
        for (String line : text.split("\n", -1)) {
            String said = Words.strip(line);
            if (!said.isEmpty() && !said.startsWith("#")) {
                return said.startsWith("export ") || isAssignment(said);
            }
        }
        return false;
    }

    private static boolean isAssignment(String line) {
        int equals = line.indexOf('=');
        int end = equals > 0 && line.charAt(equals - 1) == '+' ? equals - 1 : equals;
        for (int i = 0; i < end; i++) {
            char c = line.charAt(i);
            if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_') {
                return false;
            }
        }
        return end > 0;
    }
}
