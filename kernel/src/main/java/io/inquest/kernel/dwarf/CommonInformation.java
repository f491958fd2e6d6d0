package io.inquest.kernel.dwarf;

/// What functions have in common: a common information entry (CIE) of `.debug_frame` or `.eh_frame`.
///
/// | Field                | Meaning                                                                    |
/// |----------------------|----------------------------------------------------------------------------|
/// | length               | bytes after it, 4 or 12 bytes long                                         |
/// | id                   | 0xffffffff in `.debug_frame`, 0 in `.eh_frame`                             |
/// | version              | 1, 3 or 4                                                                  |
/// | augmentation         | string; `z` and more in `.eh_frame`                                        |
/// | address, segment size | version 4 only, 1 byte each                                               |
/// | code alignment       | ULEB128, unit of advances                                                  |
/// | data alignment       | SLEB128, unit of offsets                                                   |
/// | return address       | register: 1 byte in version 1, then ULEB128                                |
/// | augmentation data    | ULEB128 length and bytes, where the augmentation begins with `z`           |
/// | instructions         | up to the end                                                              |
///
/// @param pointers how `.eh_frame` writes addresses (`R` of the augmentation), 0 for plain ones
/// @param signal whether its functions are where a signal came (`S`), so that addresses are not those of calls
/// @param instructions offset in the section of the instructions that come before those of each function
/// @param end offset behind them
record CommonInformation(
        long codeAlignment,
        long dataAlignment,
        int returnAddress,
        int addressBytes,
        boolean hasAugmentationData,
        int pointers,
        boolean signal,
        long instructions,
        long end) {}
