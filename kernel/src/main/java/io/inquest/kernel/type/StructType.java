package io.inquest.kernel.type;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A struct or union with its members.
public final class StructType implements KernelType {

    /// The keyword before the tag.
    public enum Keyword {
        STRUCT,
        UNION;

        @Override
        public String toString() {
            return this == STRUCT ? "struct" : "union";
        }
    }

    /// Deeper nesting of anonymous structs than any source file has, but not endless in damaged types.
    private static final int DEEPEST_NESTING = 16;

    private final Keyword keyword;
    private final String tag;
    private final long bytes;
    private final boolean complete;
    private final Later<List<Member>> members;
    private final Later<Map<String, Member>> byName = new Later<>(this::index);

    /// `tag` is empty for an anonymous struct.
    public StructType(Keyword keyword, String tag, long bytes, Supplier<List<Member>> members) {
        this(keyword, tag, bytes, true, members);
    }

    private StructType(Keyword keyword, String tag, long bytes, boolean complete, Supplier<List<Member>> members) {
        this.keyword = keyword;
        this.tag = tag;
        this.bytes = bytes;
        this.complete = complete;
        this.members = new Later<>(members);
    }

    /// A struct that is declared and nowhere defined.
    public static StructType declared(Keyword keyword, String tag) {
        return new StructType(keyword, tag, 0, false, List::of);
    }

    public Keyword keyword() {
        return keyword;
    }

    /// The name behind the keyword; empty for an anonymous struct.
    public String tag() {
        return tag;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /// Whether it is defined, not only declared.
    public boolean isComplete() {
        return complete;
    }

    /// The members as they are declared, anonymous ones with an empty name.
    public List<Member> members() {
        return members.get();
    }

    /// The member of that name, also one of an anonymous struct or union inside; its offset is from this struct's
    /// start.
    public Optional<Member> member(String name) {
        return Optional.ofNullable(byName.get().get(name));
    }

    /// A member by its path such as `se.vruntime`: each part but the last names a struct member.
    public Optional<Member> memberAt(String path) {
        StructType at = this;
        long bits = 0;
        int start = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
            Optional<Member> outer = at.member(path.substring(start, dot));
            if (outer.isEmpty() || !(outer.get().type().plain() instanceof StructType inner)) {
                return Optional.empty();
            }
            bits += outer.get().bitOffset();
            at = inner;
            start = dot + 1;
        }
        long before = bits;
        return at.member(path.substring(start)).map(member -> member.movedBy(before));
    }

    /// The member at that path, or [MissingMember].
    public Member require(String path) {
        return memberAt(path).orElseThrow(() -> MissingMember.of(this, path));
    }

    /// Offset in bytes of the member at that path, or [MissingMember]: C's `offsetof`.
    public long offsetOf(String path) {
        return require(path).offset();
    }

    private Map<String, Member> index() {
        Map<String, Member> index = new HashMap<>();
        collect(members(), 0, 0, index);
        return index;
    }

    private static void collect(List<Member> members, long bits, int depth, Map<String, Member> into) {
        for (Member member : members) {
            if (!member.name().isEmpty()) {
                into.putIfAbsent(member.name(), member.movedBy(bits));
            } else if (depth < DEEPEST_NESTING && member.type().plain() instanceof StructType inner) {
                collect(inner.members(), bits + member.bitOffset(), depth + 1, into);
            }
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
