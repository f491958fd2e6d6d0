package io.inquest.makedumpfile.erase;

import java.util.List;

/// `symbol.member.member`; a dot follows pointers, too.
///
/// @param root a symbol, or the variable of a loop
record MemberPath(String root, List<String> members) {

    static MemberPath parse(String text) {
        List<String> names = List.of(text.split("\\.", -1));
        return new MemberPath(names.getFirst(), names.subList(1, names.size()));
    }

    /// Whether each part is a name.
    boolean isWellFormed() {
        return isName(root) && members.stream().allMatch(MemberPath::isName);
    }

    static boolean isName(String text) {
        if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }

    @Override
    public String toString() {
        return members.isEmpty() ? root : root + "." + String.join(".", members);
    }
}
