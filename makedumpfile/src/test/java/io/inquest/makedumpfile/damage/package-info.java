/// Damages dumps byte by byte and judges what became of reading them; see `docs/reliability.md`.
@NullMarked
package io.inquest.makedumpfile.damage;

import org.jspecify.annotations.NullMarked;
