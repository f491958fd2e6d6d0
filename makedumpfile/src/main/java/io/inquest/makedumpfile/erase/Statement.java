package io.inquest.makedumpfile.erase;

import java.util.List;

/// One statement of an erase configuration; `line` is where it begins.
sealed interface Statement {

    int line();

    /// The symbol that it begins with.
    String root();

    /// `erase PATH [EXTENT]`.
    record Erase(int line, MemberPath path, Extent extent) implements Statement {

        @Override
        public String root() {
            return path.root();
        }
    }

    /// `for VARIABLE in SOURCE`, `erase …`, `endfor`.
    record Loop(int line, String variable, Source source, List<Erase> body) implements Statement {

        @Override
        public String root() {
            return source.path().root();
        }
    }

    /// What a loop goes through.
    sealed interface Source {

        /// The array or chain or ring at this path.
        MemberPath path();

        /// The elements of an array.
        record Elements(MemberPath path) implements Source {}

        /// `via NEXT`: structs that point at each other by a member.
        record Chain(MemberPath path, String next) implements Source {}

        /// `within STRUCT:MEMBER`: the structs on a `list_head` ring.
        record Ring(MemberPath path, String struct, String member) implements Source {}
    }
}
