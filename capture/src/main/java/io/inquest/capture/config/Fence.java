package io.inquest.capture.config;

import java.util.List;

/// Who is told at once that this machine is dead: the nodes of its cluster, by `fence_kdump_send`.
///
/// @param nodes empty for those that the cluster's own configuration names
public record Fence(Setting<List<String>> nodes, Setting<List<String>> arguments) {}
