package io.inquest.kernel.task;

import io.inquest.kernel.object.WalkEnd;

/// One of the ways on which tasks were looked for.
///
/// @param name in words
/// @param found how many it found that the ways before it had not
/// @param end how it ended
public record TaskWay(String name, int found, WalkEnd end) {}
