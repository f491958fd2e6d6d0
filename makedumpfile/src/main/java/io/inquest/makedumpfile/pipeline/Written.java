package io.inquest.makedumpfile.pipeline;

/// What came of writing a dump.
///
/// @param zeroPages pages full of zeros that share one
/// @param sharedPages pages that share the bytes of an equal one
/// @param lostPages pages that should be there, but that the input could not give
/// @param elfFrames frames that an ELF file speaks of, each as often as a segment holds it; -1 for other files
/// @param elfPages frames of them whose contents are in the file
/// @param bytes bytes written
record Written(long zeroPages, long sharedPages, long lostPages, long elfFrames, long elfPages, long bytes) {}
