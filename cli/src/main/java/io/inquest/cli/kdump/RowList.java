package io.inquest.cli.kdump;

import io.inquest.capture.config.Setting;
import io.inquest.cli.kdump.Row.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Rows, made of settings of each type.
final class RowList {

    private final List<Row> rows = new ArrayList<>();

    List<Row> rows() {
        return rows;
    }

    private void add(String name, Setting<?> setting, Shown value) {
        rows.add(new Row(name, value, setting.origin()));
    }

    void word(String name, Setting<?> setting, String text) {
        add(name, setting, new Shown.Word(text));
    }

    void word(String name, Setting<?> setting) {
        word(name, setting, setting.value().toString());
    }

    void truth(String name, Setting<Boolean> setting) {
        add(name, setting, new Shown.Truth(setting.value()));
    }

    void number(String name, Setting<Integer> setting) {
        add(name, setting, new Shown.Count(setting.value()));
    }

    void count(String name, Setting<OptionalInt> setting) {
        OptionalInt count = setting.value();
        add(name, setting, count.isPresent() ? new Shown.Count(count.getAsInt()) : new Shown.Nothing());
    }

    void bytes(String name, Setting<OptionalLong> setting) {
        OptionalLong bytes = setting.value();
        add(name, setting, bytes.isPresent() ? new Shown.Count(bytes.getAsLong()) : new Shown.Nothing());
    }

    /// What may be missing, by its own text.
    void optional(String name, Setting<? extends Optional<?>> setting) {
        Optional<?> value = setting.value();
        add(name, setting, value.isPresent() ? new Shown.Word(value.get().toString()) : new Shown.Nothing());
    }

    void time(String name, Setting<Optional<Duration>> setting) {
        Optional<Duration> time = setting.value();
        add(name, setting, time.isPresent() ? new Shown.Word(time(time.get())) : new Shown.Nothing());
    }

    void words(String name, Setting<? extends List<?>> setting) {
        List<String> words = new ArrayList<>();
        for (Object word : setting.value()) {
            words.add(word.toString());
        }
        add(name, setting, new Shown.Words(words));
    }

    /// In the largest unit that leaves no rest, as one would write it.
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
