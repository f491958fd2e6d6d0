package io.inquest.capture.config.read;

import io.inquest.capture.config.Collector;
import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Destination;
import io.inquest.capture.config.HostKey;
import io.inquest.capture.config.HostKeys;
import io.inquest.capture.config.Origin;
import io.inquest.capture.config.Setting;
import io.inquest.capture.config.Target;
import java.util.Optional;

/// Settings that are right one by one and do not go together.
final class Contradictions {

    private final Configuration configuration;
    private final Problems problems;

    private Contradictions(Configuration configuration, Problems problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    static void find(Configuration configuration, Problems problems) {
        Contradictions contradictions = new Contradictions(configuration, problems);
        contradictions.options();
        for (Destination destination : configuration.saving().destinations()) {
            contradictions.collector(destination.target().value());
            contradictions.hostKey(destination.target());
        }
    }

    private void options() {
        Setting<Collector> collector = configuration.saving().collector();
        if (collector.value() instanceof Collector.Makedumpfile ours && collector.origin() instanceof Origin.Line at) {
            Optional<String> complaint = CollectorCheck.complaint(ours);
            if (complaint.isPresent()) {
                problems.error(at, "makedumpfile does not take '" + ours + "': " + complaint.get());
            }
        }
    }

    private void collector(Target target) {
        Setting<Collector> collector = configuration.saving().collector();
        if (!(collector.value() instanceof Collector.Command(var words))
                || !(collector.origin() instanceof Origin.Line at)) {
            return;
        }
        String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
        if (program.equals("cat") && target.isMounted()) {
            problems.warn(
                    at, "cat writes to its standard output, and " + target + " takes a file; cp copies memory there");
        }
        boolean writesFile = program.equals("cp") || (program.equals("scp") && !(target instanceof Target.Ssh));
        if (writesFile && !target.isMounted()) {
            problems.warn(
                    at,
                    program + " writes a file, and " + target + " is none; cat copies memory there, and makedumpfile"
                            + " makes it smaller on the way");
        }
    }

    private void hostKey(Setting<Target> target) {
        if (!(configuration.network().hostKeys().value() instanceof HostKeys.Pinned(var keys))
                || !(target.value() instanceof Target.Ssh ssh)
                || !(target.origin() instanceof Origin.Line at)) {
            return;
        }
        String host = ssh.login().server().host();
        for (HostKey key : keys) {
            if (key.host().equals(host) || key.host().equals(HostKey.EACH)) {
                return;
            }
        }
        problems.error(
                at,
                "host_key pins the keys of others, but none of " + host + "; add the line that 'ssh-keyscan " + host
                        + "' prints, with host_key in front");
    }
}
