package io.inquest.crash.report;

import java.util.List;
import java.util.OptionalInt;

/// A task that does not get on, and why.
///
/// @param comm its name
/// @param pid its number; absent if not known
/// @param seconds for how long it has been so; negative if not known
/// @param waits what it waits for, such as `the mutex rtnl_mutex, owned by kworker/3:1 (pid 812)`; empty if not known
/// @param frames its backtrace; may be empty
public record BlockedTask(String comm, OptionalInt pid, long seconds, String waits, List<AnnotatedFrame> frames) {}
