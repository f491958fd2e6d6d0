package io.inquest.crash.report.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.OopsLog;
import io.inquest.crash.report.log.LoggedEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The logs of 33 deaths against what the rules of the signature demand for each.
final class ExpectedSignatureTest {

    static List<OopsLog> logs() {
        return OopsLog.all();
    }

    @ParameterizedTest
    @MethodSource("logs")
    void eachLogGivesTheExpectedKindFramesAndKeys(OopsLog log) {
        Optional<LoggedEvent> subject = log.story().subject();
        if (log.expected("type").equals("none")) {
            assertThat(subject).isEmpty();
            return;
        }
        Signature signature = LogSignature.of(subject.orElseThrow());
        String chain = signature.frames().stream().map(UsefulFrame::withModule).collect(Collectors.joining(">"));
        assertThat(List.of(
                        signature.kind().word(),
                        signature.kind().family().word(),
                        chain.isEmpty() ? "-" : chain,
                        signature.confidence().word(),
                        signature.problemTextWithModules(),
                        Sha256.key(signature.problemTextWithModules()),
                        signature.variantTextWithModules(),
                        Sha256.key(signature.variantTextWithModules())))
                .containsExactly(
                        log.expected("type"),
                        log.expected("family"),
                        log.expected("chain"),
                        log.expected("confidence"),
                        log.expected("problem_key_text"),
                        log.expected("problem_key"),
                        log.expected("variant_key_text"),
                        log.expected("variant_key"));
    }
}
