package io.inquest.capture.config.read;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Reading;
import java.util.List;

/// Reads configuration files into the one configuration that they make.
public final class ConfigurationFiles {

    private ConfigurationFiles() {}

    /// Reads all files, each for what its text shows it to be. An error of one does not keep the others' from being
    /// found.
    public static Reading read(List<SourceFile> files) {
        Draft draft = new Draft();
        Problems problems = new Problems();
        for (SourceFile file : files) {
            KdumpConf.read(file, draft, problems);
        }
        Configuration configuration = draft.finish();
        Contradictions.find(configuration, problems);
        return problems.errors().isEmpty()
                ? new Reading.Valid(configuration, problems.warnings())
                : new Reading.Invalid(problems.errors(), problems.warnings());
    }
}
