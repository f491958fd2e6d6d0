package io.inquest.cli.kdump;

import io.inquest.capture.config.Actions;
import io.inquest.capture.config.CaptureKernel;
import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.HostKeys;
import io.inquest.capture.config.Image;
import io.inquest.capture.config.Network;
import io.inquest.capture.config.Retention;
import io.inquest.capture.config.Saving;
import io.inquest.capture.config.Service;
import io.inquest.capture.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The effective configuration as rows, all of it but the targets: in the words of kdump.conf, and in its style where
/// it
/// has none.
final class ConfigRows {

    private final RowList rows = new RowList();

    private ConfigRows() {}

    static List<Row> of(Configuration configuration) {
        ConfigRows all = new ConfigRows();
        all.saving(configuration.saving());
        all.actions(configuration.actions());
        all.network(configuration.network());
        all.image(configuration.image());
        all.kernel(configuration.kernel());
        all.service(configuration.service());
        return all.rows.rows();
    }

    private void saving(Saving saving) {
        rows.word("targets", saving.use(), saving.use().value().name().toLowerCase(Locale.ROOT));
        rows.word("core_collector", saving.collector());
        rows.truth("dmesg", saving.log());
        rows.word("report", saving.report(), saving.report().value().word());
        retention(saving.retention());
        rows.bytes("spare_bytes", saving.spareBytes());
        rows.word("host_tag", saving.hostTag(), saving.hostTag().value().word());
        rows.word("file_packing", saving.packing(), saving.packing().value().word());
    }

    private void retention(Setting<Retention> setting) {
        Retention retention = setting.value();
        List<String> limits = new ArrayList<>();
        if (retention.count().isPresent()) {
            limits.add("count=" + retention.count().getAsInt());
        }
        if (retention.bytes().isPresent()) {
            limits.add("bytes=" + retention.bytes().getAsLong());
        }
        if (retention.age().isPresent()) {
            limits.add("age=" + RowList.time(retention.age().get()));
        }
        rows.words("retain", new Setting<>(limits, setting.origin()));
    }

    private void actions(Actions actions) {
        rows.optional("kdump_pre", actions.pre());
        rows.word(
                "pre_refusal",
                actions.preRefusal(),
                actions.preRefusal().value().word());
        rows.optional("kdump_post", actions.post());
        rows.optional("kdump_emergency", actions.emergency());
        rows.optional("transfer", actions.transfer());
        rows.word("failure_action", actions.failure());
        rows.word("final_action", actions.success(), actions.success().value().word());
        rows.time("deadline", actions.deadline());
        rows.words("fence_kdump_nodes", actions.fence().nodes());
        rows.words("fence_kdump_args", actions.fence().arguments());
    }

    private void network(Network network) {
        rows.words("sshkey", network.sshKeys());
        hostKeys(network.hostKeys());
        rows.optional("network", network.setUp());
        rows.word(
                "network_timeout",
                network.patience(),
                RowList.time(network.patience().value()));
        rows.count("ssh_tries", network.sshTries());
        rows.count("nfs_tries", network.nfsTries());
        rows.count("nfs_timeo", network.nfsTimeoutTenths());
        rows.count("nfs_retrans", network.nfsRetransmissions());
    }

    private void hostKeys(Setting<HostKeys> setting) {
        switch (setting.value()) {
            case HostKeys.Pinned(var keys) -> rows.words("host_key", new Setting<>(keys, setting.origin()));
            case HostKeys.KnownHosts _, HostKeys.Any _ -> rows.word("host_key", setting);
        }
    }

    private void image(Image image) {
        rows.words("extra_bins", image.programs());
        rows.words("extra_modules", image.modules());
        rows.words("blacklist", image.excludedModules());
        rows.words("dracut_args", image.dracutArguments());
        rows.word("rebuild", image.rebuild(), image.rebuild().value().word());
        rows.time("disk_timeout", image.diskPatience());
        rows.time("link_delay", image.linkPatience());
        rows.number("debug_mem_level", image.memoryTrace());
        rows.optional("sysctl", image.sysctl());
    }

    private void kernel(CaptureKernel kernel) {
        rows.word("kernel", kernel.kernel());
        rows.words("boot_folders", kernel.bootFolders());
        rows.word("kernel_image", kernel.imageName());
        rows.word("kernel_suffix", kernel.imageSuffix());
        rows.optional("initrd", kernel.initrd());
        rows.optional("command_line", kernel.commandLine().base());
        rows.words("command_line_remove", kernel.commandLine().remove());
        rows.optional("command_line_append", kernel.commandLine().append());
        rows.optional("options", kernel.commandLine().moduleOptions());
        rows.optional("fadump_append", kernel.fadumpAppend());
        rows.words("kexec_args", kernel.kexecArguments());
        rows.count("cpus", kernel.cpus());
        rows.optional("crashkernel", kernel.crashkernel());
        rows.truth("auto_reset_crashkernel", kernel.autoResetCrashkernel());
    }

    private void service(Service service) {
        rows.truth("enabled", service.enabled());
        rows.truth("test_notice", service.testNotice());
        rows.truth("fadump", service.fadump());
        rows.truth("auto_resize", service.autoResize());
        rows.truth("update_boot_loader", service.updateBootLoader());
        rows.number("log_level", service.logLevels().standardError());
        rows.number("syslog_level", service.logLevels().syslog());
        rows.number("kernel_log_level", service.logLevels().kernelLog());
        rows.optional("mail_server", service.mail().server());
        rows.optional("mail_user", service.mail().user());
        rows.optional("mail_password", service.mail().password());
        rows.optional("mail_to", service.mail().to());
        rows.optional("mail_copy_to", service.mail().copyTo());
    }
}
