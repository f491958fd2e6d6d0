package io.inquest.kernel.task;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.Idr;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Finds tasks by their numbers: `init_pid_ns.idr` maps each number in use to a `struct pid`, on whose list of
/// threads (`PIDTYPE_PID`) is the one task of that number (kernel: `include/linux/pid.h`).
///
/// The idr is there since 4.15 (95846ecf9dac). The links in a task are `pid_links` since 4.19 (2c4704756cab),
/// `pids` before. Numbers of process groups and sessions whose first process has ended have no thread.
final class PidNumbers {

    private PidNumbers() {}

    /// The tasks by their numbers; nothing in kernels that keep them in another way.
    static Walk<KernelObject> tasks(Kernel kernel, StructType type) throws IOException {
        Optional<KernelObject> idr = kernel.findObject("init_pid_ns").flatMap(namespace -> namespace.find("idr"));
        Optional<StructType> pid = kernel.types().findStruct("pid");
        if (idr.isEmpty() || pid.isEmpty()) {
            return Walk.of(List.of());
        }
        AddressSpace space = kernel.space();
        long links = type.memberAt("pid_links").isPresent() ? type.offsetOf("pid_links") : type.offsetOf("pids");
        return Idr.entries(idr.get(), kernel.types())
                .map(entry -> KernelObject.at(space, pid.get(), entry.word()))
                .map(number -> number.member("tasks").element(0).member("first").unsigned())
                .filter(first -> first != 0)
                .map(first -> KernelObject.at(space, type, first - links));
    }
}
