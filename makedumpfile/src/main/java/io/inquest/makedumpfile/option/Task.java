package io.inquest.makedumpfile.option;

/// What makedumpfile is asked to do.
public enum Task {
    SHOW_USAGE,
    SHOW_VERSION,
    /// `-R`: make a normal file of a flattened stream.
    REARRANGE,
    /// `--reassemble`: make one file of a split set.
    REASSEMBLE,
    /// `-g`: write a vmcoreinfo file made from symbols and types. Operands: the dump if one is given, then the file.
    GENERATE,
    /// `--dump-dmesg`: write the kernel's log only.
    SAVE_LOG,
    /// `--mem-usage`: count what each dump level would leave out.
    MEASURE,
    /// `--estimate`: say how large dumps would become, and how long they would take.
    ESTIMATE,
    /// `--memory-plan`: say how much memory the work would take. Operand: the size of a machine, if not this one.
    PLAN_MEMORY,
    /// The main work: filter, compress, write.
    CREATE,
    /// Write a dump in another form, with nothing left out. No option of makedumpfile asks for it.
    CONVERT,
    /// `--check-params` found nothing wrong: there is nothing to do.
    NOTHING
}
