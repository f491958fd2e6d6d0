package io.inquest.capture.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Destination;
import io.inquest.capture.config.read.Read;
import org.junit.jupiter.api.Test;

/// Where dumps land, by the HOWTO's examples and the shapes of mounts that there are.
final class PlacesTest {

    private static final String ROOT = "25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/root rw";

    private static String place(String conf, String... mountinfo) {
        Destination destination = Read.valid(conf).saving().destinations().getFirst();
        return Places.of(destination, Mounts.parse(String.join("\n", mountinfo)))
                .toString();
    }

    @Test
    void pathWithoutTargetIsOneOfTheRootFileSystem() {
        assertThat(place("path /var/crash", ROOT)).isEqualTo("/dev/root:/var/crash");
        assertThat(place("", ROOT)).isEqualTo("/dev/root:/var/crash");
    }

    @Test
    void diskOnVarTakesTheRestOfThePath() {
        assertThat(place("path /var/crash", ROOT, "30 25 8:16 / /var rw - xfs /dev/sdb rw"))
                .isEqualTo("/dev/sdb:/crash");
        assertThat(place("path /var/crash", ROOT, "30 25 8:16 / /var/crash rw - xfs /dev/sdb rw"))
                .isEqualTo("/dev/sdb:/");
        assertThat(place("path /var/crash", ROOT, "30 25 8:16 / /var/cra rw - xfs /dev/sdb rw"))
                .isEqualTo("/dev/root:/var/crash");
    }

    @Test
    void nfsOnVarTakesTheRestOfThePath() {
        String nfs = "30 25 0:40 / /var rw shared:9 - nfs4 foo.com:/export/tmp rw,vers=4.2,addr=10.0.0.1";
        assertThat(place("path /var/crash", ROOT, nfs)).isEqualTo("foo.com:/export/tmp/crash");
    }

    @Test
    void pathOfAnExplicitTargetLiesBelowIt() {
        String mounted = "30 25 8:0 / /var rw - ext4 /dev/sda rw";
        assertThat(place("ext4 /dev/sda\npath /var/crash", ROOT, mounted)).isEqualTo("/dev/sda:/var/crash");
        assertThat(place("nfs foo.com:/export/tmp\npath /var/crash/", ROOT)).isEqualTo("foo.com:/export/tmp/var/crash");
        assertThat(place("nfs foo.com:/\npath /", ROOT)).isEqualTo("foo.com:");
        assertThat(place("dracut_args --mount \"192.168.1.1:/share /mnt/test nfs4 defaults\"", ROOT))
                .isEqualTo("192.168.1.1:/share/var/crash");
        assertThat(place("dracut_args --mount \"UUID=1 /mnt/test xfs\"", ROOT)).isEqualTo("UUID=1:/var/crash");
        assertThat(place("ssh u@fe80::1", ROOT)).isEqualTo("u@[fe80::1]:/var/crash");
        assertThat(place("raw PARTUUID=1", ROOT)).isEqualTo("PARTUUID=1");
    }

    @Test
    void bindMountIsFollowed() {
        assertThat(place("path /var/crash", ROOT, "30 25 8:1 /data/dumps /var/crash rw - ext4 /dev/root rw"))
                .isEqualTo("/dev/root:/data/dumps");
    }

    @Test
    void subvolumeOfBtrfsIsNamedAndNotPartOfThePath() {
        String home = "25 1 0:30 /root / rw - btrfs /dev/vda3 rw,space_cache=v2,subvolid=256,subvol=/root";
        assertThat(place("path /var/crash", home)).isEqualTo("/dev/vda3:/var/crash (subvolume /root)");
        String bound = "30 25 0:30 /root/data /var/crash rw - btrfs /dev/vda3 rw,subvolid=256,subvol=/root";
        assertThat(place("path /var/crash/x", home, bound)).isEqualTo("/dev/vda3:/data/x (subvolume /root)");
        String top = "25 1 0:30 / / rw - btrfs /dev/vda3 rw,subvolid=5,subvol=/";
        assertThat(place("path /var/crash", top)).isEqualTo("/dev/vda3:/var/crash");
    }

    @Test
    void laterMountHidesWhatItCovers() {
        String crash = "30 25 8:16 / /var/crash rw - ext4 /dev/sdb rw";
        String hidden = "31 25 8:32 / /var rw - ext4 /dev/sdc rw";
        assertThat(place("path /var/crash", ROOT, crash, hidden)).isEqualTo("/dev/sdc:/crash");
        String stacked = "32 31 8:48 / /var rw - ext4 /dev/sdd rw";
        assertThat(place("path /var/crash", ROOT, hidden, stacked)).isEqualTo("/dev/sdd:/crash");
    }

    @Test
    void blanksInMountPointsAreUnderstood() {
        assertThat(place("path /my dumps/x", ROOT, "30 25 8:16 / /my\\040dumps rw - ext4 /dev/my\\134disk rw"))
                .isEqualTo("/dev/my\\disk:/x");
    }

    @Test
    void whatDoesNotOutliveTheCrashIsNowhere() {
        assertThat(place("path /run/crash", ROOT, "30 25 0:22 / /run rw - tmpfs tmpfs rw"))
                .isEqualTo("nowhere: /run/crash lies in memory (tmpfs), which does not outlive the crash");
        assertThat(place("path /a", "25 1 0:30 / / rw - overlay overlay rw,lowerdir=/x"))
                .startsWith("nowhere: ");
        assertThat(place("path /a", ROOT, "30 25 0:22 / /a rw - autofs systemd-1 rw"))
                .startsWith("nowhere: ");
        assertThat(place("path /a")).isEqualTo("nowhere: nothing is known to be mounted at /a");
    }

    @Test
    void linesThatAreNoMountsAreLeftOut() {
        assertThat(Mounts.parse("\nrubbish\n1 2 3 4 5 6 - \n" + ROOT
                                + "\n26 25 0:4 net:[4026531840] /run/netns/x rw - nsfs"
                                + " nsfs rw\n27 x 0:4 / /y rw - ext4 a b\n")
                        .all())
                .hasSize(1);
    }

    /// What a crash finds is what the kernel says, but a test may say anything: no line makes it throw or turn for
    /// ever.
    @Test
    void circleOfMountsEnds() {
        assertThat(place("path /a", "1 2 8:1 / / rw - ext4 /dev/a rw", "2 1 8:1 / / rw - ext4 /dev/b rw"))
                .isEqualTo("nowhere: nothing is known to be mounted at /a");
    }

    @Test
    void everyTruncationOfMountinfoIsRead() {
        String text = ROOT + "\n30 25 8:16 / /my\\040dumps rw shared:1 - ext4 /dev/my\\134disk rw,a=b\n";
        for (int length = 0; length <= text.length(); length++) {
            assertThat(Mounts.parse(text.substring(0, length)).all()).hasSizeLessThanOrEqualTo(2);
        }
    }
}
