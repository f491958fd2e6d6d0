package io.inquest.crash.report.dump;

import io.inquest.crash.report.AnnotatedFrame;
import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.StackKind;
import io.inquest.crash.report.Trust;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.stack.StackTrace;
import io.inquest.kernel.symbol.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Frames of an unwound stack as the report has them, with their source lines where a debug file tells them; a
/// user program at the end is left out.
final class DumpFrames {

    private DumpFrames() {}

    static List<AnnotatedFrame> of(Kernel kernel, StackTrace trace) {
        List<AnnotatedFrame> frames = new ArrayList<>();
        for (Frame frame : trace.frames()) {
            if (!frame.user()) {
                CallFrame call = new CallFrame(
                        frame.function(),
                        frame.offset(),
                        frame.place()
                                .map(Place::symbol)
                                .map(symbol -> symbol.bytes())
                                .orElse(0L),
                        frame.module(),
                        OptionalLong.of(frame.address()),
                        trust(frame),
                        frame.stack().map(area -> stack(area)).orElse(StackKind.TASK));
                frames.add(new AnnotatedFrame(call, false, SourceNotes.of(kernel, frame)));
            }
        }
        return frames;
    }

    private static Trust trust(Frame frame) {
        if (frame.trust() == io.inquest.kernel.stack.Trust.GUESSED) {
            return Trust.GUESSED;
        }
        return frame.interrupted() ? Trust.REGISTERS : Trust.UNWOUND;
    }

    private static StackKind stack(StackArea area) {
        return switch (area.kind()) {
            case TASK -> StackKind.TASK;
            case IRQ -> StackKind.IRQ;
            case EXCEPTION, ENTRY -> area.name().equals("NMI") ? StackKind.NMI : StackKind.EXCEPTION;
        };
    }
}
