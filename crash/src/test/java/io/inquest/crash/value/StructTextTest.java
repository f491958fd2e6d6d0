package io.inquest.crash.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StructTextTest {

    private final TinyMemory memory = new TinyMemory();

    @Test
    void definitionIsThatOfCWithTheSize() {
        assertThat(new StructText(memory.listHead).definition()).isEqualTo("""
                struct list_head {
                    struct list_head *next;
                    struct list_head *prev;
                }
                SIZE: 16
                """);
    }

    @Test
    void offsetsStandBeforeMembersAndUnnamedStructsAreWrittenOut() {
        assertThat(new StructText(memory.task).withOffsets()).isEqualTo("""
                struct task {
                   [0] int pid;
                   [4] int low : 3;
                   [4] int high : 5;
                   [8] char comm[8];
                  [16] struct list_head tasks;
                       union {
                  [32]     unsigned long word;
                  [32]     int half;
                       };
                  [40] enum state state;
                  [44] int numbers[3];
                  [56] char *name;
                }
                SIZE: 64
                """);
    }

    @Test
    void addressesStandBeforeMembers() {
        assertThat(new StructText(memory.listHead).withAddresses(0xffffffff9b72ea00L))
                .isEqualTo("""
                struct list_head {
                  [ffffffff9b72ea00] struct list_head *next;
                  [ffffffff9b72ea08] struct list_head *prev;
                }
                SIZE: 16
                """);
    }
}
