package io.inquest.crash.report.dump;

import io.inquest.crash.report.log.LoggedModule;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.module.Module;
import io.inquest.kernel.system.Taint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The modules that were loaded, the last one first, with what each tainted.
final class LoadedModules {

    private LoadedModules() {}

    static List<LoggedModule> of(Kernel kernel) throws IOException {
        List<LoggedModule> modules = new ArrayList<>();
        for (Module module : kernel.modules()) {
            StringBuilder flags = new StringBuilder();
            Taint.of(module.taints()).forEach(taint -> flags.append(taint.letter()));
            modules.add(new LoggedModule(module.name(), flags.toString()));
        }
        return modules;
    }
}
