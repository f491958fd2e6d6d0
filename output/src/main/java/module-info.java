/// How answers look: JSON, tables, progress, sizes and times. Knows nothing of where answers come from.
module io.inquest.output {
    requires static org.jspecify;

    exports io.inquest.output;
}
