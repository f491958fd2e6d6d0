package io.inquest.kernel.dwarf;

/// The shape of entries: tag, whether entries below follow, and which attributes are written in which form.
final class Abbreviation {

    private final int tag;
    private final boolean hasChildren;
    private final int[] attributes;
    private final int[] forms;
    private final long[] constants;

    /// `forms` and `constants` have one for each attribute, a constant where the form is `implicit_const`.
    Abbreviation(int tag, boolean hasChildren, int[] attributes, int[] forms, long[] constants) {
        this.tag = tag;
        this.hasChildren = hasChildren;
        this.attributes = attributes;
        this.forms = forms;
        this.constants = constants;
    }

    int tag() {
        return tag;
    }

    boolean hasChildren() {
        return hasChildren;
    }

    /// In the order of the values. Not to be changed.
    int[] attributes() {
        return attributes;
    }

    /// The form of each attribute. Not to be changed.
    int[] forms() {
        return forms;
    }

    /// The value of each attribute whose form is `implicit_const`. Not to be changed.
    long[] constants() {
        return constants;
    }
}
