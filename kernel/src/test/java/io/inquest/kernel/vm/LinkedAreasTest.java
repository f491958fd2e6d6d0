package io.inquest.kernel.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.object.SyntheticStructs;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Areas of kernels before 6.1, linked by `vm_next`.
final class LinkedAreasTest {

    private static final long MM = 0x1000;
    private static final long FIRST = 0x2000;
    private static final long SECOND = 0x3000;

    private final SyntheticStructs structs = new SyntheticStructs();

    LinkedAreasTest() {
        structs.btf.struct("mm_struct", 8, structs.btf.member("mmap", structs.pointer, 0));
        structs.btf.struct(
                "vm_area_struct",
                24,
                structs.btf.member("vm_start", structs.word, 0),
                structs.btf.member("vm_end", structs.word, 64),
                structs.btf.member("vm_next", structs.pointer, 128));
        structs.put(MM, FIRST);
        structs.put(FIRST, 0x400000, 0x401000, SECOND);
    }

    private Walk<MemoryArea> areas() {
        return MemoryMap.areas(structs.at("struct mm_struct", MM), structs.types());
    }

    private static List<Long> starts(Walk<MemoryArea> areas) {
        return areas.map(MemoryArea::start).toList();
    }

    @Test
    void areasEndWithNull() {
        structs.put(SECOND, 0x600000, 0x602000, 0);

        Walk<MemoryArea> areas = areas();
        assertThat(starts(areas)).containsExactly(0x400000L, 0x600000L);
        assertThat(areas.end()).isEqualTo(new WalkEnd.Complete());
    }

    @Test
    void areaThatLeadsBackEndsTheWalk() {
        structs.put(SECOND, 0x600000, 0x602000, FIRST);

        Walk<MemoryArea> areas = areas();
        assertThat(starts(areas)).containsExactly(0x400000L, 0x600000L);
        assertThat(areas.end()).isEqualTo(new WalkEnd.Loop(FIRST));
    }

    @Test
    void areaWhoseLinkCannotBeReadIsTheLast() {
        long atTheEndOfItsPage = 0x3ff0;
        structs.put(FIRST, 0x400000, 0x401000, atTheEndOfItsPage);
        structs.put(atTheEndOfItsPage, 0x600000, 0x602000);

        Walk<MemoryArea> areas = areas();
        assertThat(starts(areas)).containsExactly(0x400000L, 0x600000L);
        assertThat(SyntheticStructs.isFault(areas.end())).isTrue();
    }
}
