package io.inquest.capture.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A kernel's command line, parameter by parameter.
///
/// Quotes keep blanks in a value. The kernel knows `"` alone, and so they are written; in configuration files `'` is
/// understood as well.
record KernelParameters(List<Parameter> parameters) {

    KernelParameters {
        parameters = List.copyOf(parameters);
    }

    /// One of them.
    ///
    /// @param name as it stands before the `=`
    /// @param value empty without an `=`
    record Parameter(String name, Optional<String> value) {

        static Parameter of(String word) {
            int equals = word.indexOf('=');
            return equals < 0
                    ? new Parameter(word, Optional.empty())
                    : new Parameter(word.substring(0, equals), Optional.of(word.substring(equals + 1)));
        }

        @Override
        public String toString() {
            if (value.isEmpty()) {
                return name;
            }
            boolean blank = value.get().indexOf(' ') >= 0 || value.get().indexOf('\t') >= 0;
            return name + "=" + (blank ? '"' + value.get() + '"' : value.get());
        }
    }

    /// Splits a line. A quote that is not closed ends with the line, as for the kernel.
    static KernelParameters of(String line) {
        List<Parameter> parameters = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int at = 0; at <= line.length(); at++) {
            char c = at < line.length() ? line.charAt(at) : '\n';
            boolean ends = at == line.length() || (quote == 0 && (c == ' ' || c == '\t' || c == '\n'));
            if (ends) {
                if (!word.isEmpty()) {
                    parameters.add(Parameter.of(word.toString()));
                }
                word.setLength(0);
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        return new KernelParameters(parameters);
    }

    /// Without each parameter of one of the names; a name may have a value behind it, which does not matter.
    KernelParameters without(List<String> names) {
        List<String> removed = new ArrayList<>();
        for (String name : names) {
            removed.add(Parameter.of(name).name());
        }
        List<Parameter> kept = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (!removed.contains(parameter.name())) {
                kept.add(parameter);
            }
        }
        return new KernelParameters(kept);
    }

    /// Without parameters that an `=` and nothing follows: they would set to nothing what has a default.
    KernelParameters withoutEmpty() {
        List<Parameter> kept = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.value().isEmpty() || !parameter.value().get().isEmpty()) {
                kept.add(parameter);
            }
        }
        return new KernelParameters(kept);
    }

    KernelParameters with(KernelParameters more) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(more.parameters);
        return new KernelParameters(all);
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        for (Parameter parameter : parameters) {
            line.append(line.isEmpty() ? "" : " ").append(parameter);
        }
        return line.toString();
    }
}
