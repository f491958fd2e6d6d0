package io.inquest.makedumpfile.pipeline;

/// The refusal of a dump that does not say what its kernel looks like.
final class MissingVmcoreinfo {

    private MissingVmcoreinfo() {}

    static CommandFailure of(String input) {
        return new CommandFailure(input + " doesn't contain vmcoreinfo.\nSpecify '-x' option or '-i' option.\n"
                + "Commandline parameter is invalid.\nTry `makedumpfile --help' for more information.");
    }
}
