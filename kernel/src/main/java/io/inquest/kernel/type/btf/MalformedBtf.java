package io.inquest.kernel.type.btf;

/// Bytes that should be BTF and are not; the message is half a sentence that says why.
public final class MalformedBtf extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedBtf(String message) {
        super(message);
    }
}
