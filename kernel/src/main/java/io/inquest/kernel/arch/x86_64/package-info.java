/// x86-64: page tables of four and five levels, and where Linux puts what in its half of the address space.
@NullMarked
package io.inquest.kernel.arch.x86_64;

import org.jspecify.annotations.NullMarked;
