package io.inquest.dump.trailer;

/// A stretch of a dump that has checksums of its own.
public enum Section {
    /// The container's headers and the notes.
    HEADER(1, "header"),
    /// Bitmap 1 of a kdump-compressed file.
    EXISTING_FRAMES(2, "bitmap 1"),
    /// Bitmap 2 of a kdump-compressed file.
    STORED_FRAMES(3, "bitmap 2"),
    /// Page descriptors of a kdump-compressed file.
    DESCRIPTORS(4, "page descriptors"),
    /// The pages, and the erase text behind them.
    DATA(5, "page data"),
    /// The program headers and notes of an ELF file.
    PROGRAM_HEADERS(6, "program headers");

    private final int code;
    private final String label;

    Section(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /// The number that stands for the section in a trailer.
    public int code() {
        return code;
    }

    /// The name in messages.
    public String label() {
        return label;
    }

    /// Whether a section of this name is the begin of a file.
    static boolean isHead(String label) {
        return label.equals(HEADER.label) || label.equals(PROGRAM_HEADERS.label);
    }

    /// The name of a section by its number, also of one that only newer versions know.
    static String labelOf(int code) {
        for (Section section : values()) {
            if (section.code == code) {
                return section.label;
            }
        }
        return "section " + code;
    }
}
