package io.inquest.kdump.kexec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a new capture kernel is, the machine has one afterwards if it had one before.
final class LoadingTest {

    private static final int EINVAL = 22;
    private static final int EPERM = 1;
    private static final int EKEYREJECTED = 129;

    /// A running kernel: it lets go of the old one before it refuses a new one.
    private static final class Running implements KexecCalls {

        private final Map<KernelSlot, String> loaded = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private String refused = "no image is called so";
        private int error = EINVAL;
        private long reserved = 64 << 20;

        @Override
        public void load(KernelSlot slot, KernelToLoad kernel) throws IOException {
            String text = Files.readString(kernel.image(), StandardCharsets.ISO_8859_1);
            asked.add(slot + " " + kernel.commandLine());
            loaded.remove(slot);
            if (text.contains(refused)) {
                throw new KexecRefused(error);
            }
            loaded.put(slot, kernel.commandLine());
        }

        @Override
        public void unload(KernelSlot slot) throws IOException {
            if (refused.equals("unload")) {
                throw new KexecRefused(error);
            }
            loaded.remove(slot);
        }

        KexecState state() {
            return new KexecState(
                    true,
                    loaded.containsKey(KernelSlot.REBOOT),
                    loaded.containsKey(KernelSlot.CRASH),
                    OptionalLong.of(reserved),
                    false,
                    OptionalLong.empty(),
                    Optional.empty());
        }
    }

    @TempDir
    private Path folder;

    private final Running running = new Running();
    private final List<String> warnings = new ArrayList<>();

    private Loading loading(KexecCalls... older) {
        return new Loading(
                running,
                older.length == 0 ? Optional.empty() : Optional.of(older[0]),
                running::state,
                new LastGood(folder.resolve("kept")),
                warnings::add);
    }

    /// A bzImage of protocol 2.15 whose command line may have 40 bytes.
    private KernelToLoad kernel(String name, String commandLine) throws IOException {
        byte[] image = new byte[0x400];
        System.arraycopy("HdrS".getBytes(StandardCharsets.US_ASCII), 0, image, 0x202, 4);
        image[0x206] = 0x0f;
        image[0x207] = 2;
        image[0x234] = 1;
        image[0x238] = 40;
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, image, 0x300, text.length);
        Path initrd = Files.writeString(folder.resolve(name + ".img"), "keys of " + name);
        return new KernelToLoad(Files.write(folder.resolve(name), image), Optional.of(initrd), commandLine);
    }

    @Test
    void whatWasLoadedIsKeptForItsOwnerOnly() throws IOException {
        loading().load(KernelSlot.CRASH, kernel("first", "nr_cpus=1"));
        assertThat(running.loaded).containsEntry(KernelSlot.CRASH, "nr_cpus=1");
        assertThat(folder.resolve("kept/initrd")).hasContent("keys of first");
        for (String file : List.of("kept/initrd", "kept/kernel", "kept/command-line")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void afterARefusalTheLastGoodOneIsLoadedAgainAlsoWhenItsFilesWereReplaced() throws IOException {
        loading().load(KernelSlot.CRASH, kernel("first", "nr_cpus=1"));
        Files.writeString(folder.resolve("first"), "something else");
        running.refused = "second";
        KernelToLoad second = kernel("second", "nr_cpus=2");
        assertThatThrownBy(() -> loading().load(KernelSlot.CRASH, second))
                .hasMessageStartingWith(second.image() + ": the running kernel refuses to load it: ")
                .hasMessageEndingWith("; the capture kernel that was loaded before is loaded again");
        assertThat(running.loaded).containsEntry(KernelSlot.CRASH, "nr_cpus=1");
    }

    @Test
    void withoutAnEarlierOneItSaysThatNoneIsLoaded() throws IOException {
        running.refused = "second";
        running.error = EKEYREJECTED;
        KernelToLoad second = kernel("second", "");
        assertThatThrownBy(() -> loading().load(KernelSlot.CRASH, second))
                .hasMessageContaining("no signature that the running kernel trusts (EKEYREJECTED)")
                .hasMessageEndingWith("; NO CAPTURE KERNEL IS LOADED NOW");
    }

    @Test
    void whatCanBeKnownIsCheckedBeforeTheOldOneIsLetGoOf() throws IOException {
        loading().load(KernelSlot.CRASH, kernel("first", "nr_cpus=1"));
        running.asked.clear();
        Path text = Files.writeString(folder.resolve("text"), "no kernel");
        Path empty = Files.createFile(folder.resolve("empty"));
        KernelToLoad good = kernel("second", "");
        assertThatThrownBy(() -> loading().load(KernelSlot.CRASH, new KernelToLoad(text, Optional.empty(), "")))
                .hasMessageContaining("text: is no kernel");
        assertThatThrownBy(() -> loading()
                        .load(KernelSlot.CRASH, new KernelToLoad(folder.resolve("gone"), Optional.empty(), "")))
                .hasMessageContaining("gone: is no file that can be read");
        assertThatThrownBy(
                        () -> loading().load(KernelSlot.CRASH, new KernelToLoad(good.image(), Optional.of(empty), "")))
                .hasMessageContaining("empty: is empty; an initrd is needed there");
        KernelToLoad wordy = kernel("wordy", "x".repeat(41));
        assertThatThrownBy(() -> loading().load(KernelSlot.CRASH, wordy))
                .hasMessageContaining("the command line has 41 bytes, and ")
                .hasMessageContaining(" takes 40");
        running.reserved = 100;
        assertThatThrownBy(() -> loading().load(KernelSlot.CRASH, good)).hasMessageContaining("100 are reserved");
        running.reserved = 0;
        assertThatThrownBy(() -> loading().load(KernelSlot.CRASH, good)).hasMessageContaining("crashkernel=");
        assertThat(running.asked).isEmpty();
        assertThat(running.loaded).containsEntry(KernelSlot.CRASH, "nr_cpus=1");
    }

    @Test
    void aKernelThatCannotRunElsewhereIsRefused() throws IOException {
        KernelToLoad kernel = kernel("fixed", "");
        byte[] image = Files.readAllBytes(kernel.image());
        image[0x234] = 0;
        Files.write(kernel.image(), image);
        assertThatThrownBy(() -> loading().load(KernelSlot.CRASH, kernel)).hasMessageContaining("CONFIG_RELOCATABLE");
    }

    @Test
    void theOlderCallIsAskedWhereTheFirstDoesNotDoAndNotWhereItIsForbidden() throws IOException {
        Running older = new Running();
        running.refused = "image";
        KernelToLoad kernel = kernel("image", "a");
        assertThatThrownBy(() -> loading(older).load(KernelSlot.REBOOT, kernel))
                .hasMessageContaining("was loaded without an error, and yet");
        assertThat(older.asked).containsExactly("REBOOT a");
        running.error = EPERM;
        assertThatThrownBy(() -> loading(older).load(KernelSlot.REBOOT, kernel)).hasMessageContaining("only root");
        assertThat(older.asked).hasSize(1);
    }

    @Test
    void unloadingNothingIsNoErrorAndARefusalIsTold() throws IOException {
        loading().unload(KernelSlot.CRASH);
        loading().load(KernelSlot.CRASH, kernel("first", ""));
        running.refused = "unload";
        running.error = EPERM;
        assertThatThrownBy(() -> loading().unload(KernelSlot.CRASH))
                .hasMessageContaining("refuses to unload the kernel for a crash: it lets only root");
        running.refused = "nothing";
        loading().unload(KernelSlot.CRASH);
        assertThat(running.loaded).isEmpty();
    }

    @Test
    void aFullDiskCostsOnlyTheCopy() throws IOException {
        Files.writeString(folder.resolve("kept"), "a file where the folder should be");
        loading().load(KernelSlot.CRASH, kernel("first", ""));
        assertThat(running.loaded).containsKey(KernelSlot.CRASH);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("the capture kernel is loaded, but could not be kept");
    }
}
