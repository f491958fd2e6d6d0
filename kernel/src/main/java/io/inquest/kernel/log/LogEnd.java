package io.inquest.kernel.log;

import io.inquest.kernel.Hex;

/// How a walk through the log ended. All that could be read before, and where possible behind a damage, was
/// delivered.
public sealed interface LogEnd {

    /// One sentence for the user; empty when all is well.
    String describe();

    /// The newest record was reached.
    record Complete() implements LogEnd {
        @Override
        public String describe() {
            return "";
        }
    }

    /// The records lead back to ones already met.
    record Loop(long buffer, long index) implements LogEnd {
        @Override
        public String describe() {
            return "the log is damaged: its records go round in a circle (buffer " + Hex.of(buffer) + ", index "
                    + Hex.of(index) + ")";
        }
    }

    /// A record would lie outside the buffer, or says that it is shorter than its own header.
    record IndexOutside(long buffer, long index) implements LogEnd {
        @Override
        public String describe() {
            return "the log is damaged: a record does not fit into the buffer (buffer " + Hex.of(buffer) + ", index "
                    + Hex.of(index) + ")";
        }
    }

    /// Some records could not be read.
    ///
    /// @param records how many are known to be lost; 0 if what follows the first one cannot be counted
    /// @param reason why the first one was
    record Fault(long records, String reason) implements LogEnd {
        @Override
        public String describe() {
            String count = records == 0
                    ? "the rest of the log"
                    : records == 1 ? "1 record of the log" : records + " records of the log";
            return count + " cannot be read: " + reason;
        }
    }
}
