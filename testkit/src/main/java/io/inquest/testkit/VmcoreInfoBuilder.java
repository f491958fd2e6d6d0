package io.inquest.testkit;

/// The text of a vmcoreinfo note (kernel 6.12: `include/linux/vmcore_info.h`).
public final class VmcoreInfoBuilder {

    private final StringBuilder text = new StringBuilder();

    /// A line as it is, such as `OSRELEASE` and `6.12.1`.
    public VmcoreInfoBuilder line(String key, String value) {
        text.append(key).append('=').append(value).append('\n');
        return this;
    }

    public VmcoreInfoBuilder symbol(String name, long address) {
        return line("SYMBOL(" + name + ")", Long.toHexString(address));
    }

    public VmcoreInfoBuilder size(String type, long bytes) {
        return line("SIZE(" + type + ")", Long.toString(bytes));
    }

    public VmcoreInfoBuilder offset(String member, long bytes) {
        return line("OFFSET(" + member + ")", Long.toString(bytes));
    }

    public VmcoreInfoBuilder length(String array, long elements) {
        return line("LENGTH(" + array + ")", Long.toString(elements));
    }

    public VmcoreInfoBuilder number(String name, long value) {
        return line("NUMBER(" + name + ")", Long.toString(value));
    }

    public String build() {
        return text.toString();
    }
}
