package io.inquest.capture.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The settings with which each distribution ships its files (kdump-utils 1.0.61 on x86_64, kdump-tools 1.8.1, SUSE's
/// kdump 2.1.9): whoever changed nothing is told nothing.
final class ShippedFilesTest {

    private static Configuration silent(SourceFile... files) {
        Reading reading = ConfigurationReader.read(List.of(files));
        assertThat(Read.warnings(reading)).isEmpty();
        return Read.valid(reading);
    }

    @Test
    void fedorasAreRead() {
        Configuration configuration =
                silent(new SourceFile("/etc/kdump.conf", """
                        auto_reset_crashkernel yes
                        path /var/crash
                        core_collector makedumpfile -l --message-level 7 -d 31
                        """), new SourceFile("/etc/sysconfig/kdump", """
                        KDUMP_KERNELVER=""
                        KDUMP_COMMANDLINE=""
                        KDUMP_COMMANDLINE_REMOVE="hugepages hugepagesz slub_debug quiet log_buf_len swiotlb hugetlb_cma \
                        ignition.firstboot cma"
                        KDUMP_COMMANDLINE_APPEND="irqpoll nr_cpus=1 reset_devices cgroup_disable=memory mce=off numa=off"
                        KEXEC_ARGS="-s"
                        KDUMP_IMG="vmlinuz"
                        KDUMP_IMG_EXT=""
                        VMCORE_CREATION_NOTIFICATION="yes"
                        KDUMP_STDLOGLVL=3
                        KDUMP_SYSLOGLVL=0
                        KDUMP_KMSGLOGLVL=0
                        """));
        assertThat(configuration.saving().destinations()).hasToString("[running system, path /var/crash]");
        assertThat(configuration.kernel().commandLine().applyTo("BOOT_IMAGE=/vmlinuz quiet swiotlb=force ro"))
                .isEqualTo(
                        "BOOT_IMAGE=/vmlinuz ro irqpoll nr_cpus=1 reset_devices cgroup_disable=memory mce=off numa=off");
    }

    @Test
    void debiansIsRead() {
        Configuration configuration = silent(new SourceFile("/etc/default/kdump-tools", """
                USE_KDUMP=1
                KDUMP_KERNEL=/var/lib/kdump/vmlinuz
                KDUMP_INITRD=/var/lib/kdump/initrd.img
                """));
        assertThat(configuration.saving().destinations()).hasToString("[running system, path /var/crash]");
        assertThat(configuration.kernel().kernel().value()).hasToString("/var/lib/kdump/vmlinuz");
    }

    @Test
    void susesIsRead() {
        Configuration configuration = silent(new SourceFile("/etc/sysconfig/kdump", """
                KDUMP_CRASHKERNEL="auto"
                KDUMP_UPDATE_BOOTLOADER="true"
                KDUMP_KERNELVER=""
                KDUMP_CPUS="32"
                KDUMP_COMMANDLINE=""
                KDUMP_COMMANDLINE_APPEND=""
                KDUMP_AUTO_RESIZE="false"
                KDUMP_FADUMP="false"
                KDUMP_FADUMP_SHELL="false"
                FADUMP_COMMANDLINE_APPEND="numa=off cgroup_disable=memory cma=0"
                KEXEC_OPTIONS=""
                KDUMP_IMMEDIATE_REBOOT="true"
                KDUMP_TRANSFER=""
                KDUMP_SAVEDIR="/var/crash"
                KDUMP_KEEP_OLD_DUMPS="0"
                KDUMP_FREE_DISK_SIZE="64"
                KDUMP_VERBOSE="0"
                KDUMP_DUMPLEVEL="31"
                KDUMP_DUMPFORMAT="compressed"
                KDUMP_CONTINUE_ON_ERROR="true"
                KDUMP_REQUIRED_PROGRAMS=""
                KDUMP_PRESCRIPT=""
                KDUMP_POSTSCRIPT=""
                KDUMP_NETCONFIG="auto"
                KDUMP_NET_TIMEOUT="30"
                KDUMP_SMTP_SERVER=""
                KDUMP_SMTP_USER=""
                KDUMP_SMTP_PASSWORD=""
                KDUMP_NOTIFICATION_TO=""
                KDUMP_NOTIFICATION_CC=""
                KDUMP_HOST_KEY=""
                KDUMP_SSH_IDENTITY=""
                MAKEDUMPFILE_OPTIONS=""
                """));
        assertThat(configuration.saving().collector().value()).hasToString("makedumpfile -c -d 31");
        assertThat(configuration.network().hostKeys().value()).hasToString("known_hosts");
    }
}
