package io.inquest.cli.document;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A command's manual page in man(7) macros, made from its declaration.
final class ManualPage {

    private final CommandSpec command;
    private final String title;
    private final StringBuilder page = new StringBuilder();

    private ManualPage(CommandLine command) {
        this.command = command.getCommandSpec();
        title = this.command.qualifiedName("-");
    }

    /// `inquest-dump-info` for `inquest dump info`.
    static String title(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    static String of(CommandLine command, String version) {
        return new ManualPage(command).write(version);
    }

    private String write(String version) {
        String[] header = command.usageMessage().header();
        String summary = header.length == 0 ? "" : withoutFullStop(header[0]);
        macro("TH", title.toUpperCase(java.util.Locale.ROOT), "1", "", version, "Inquest");
        macro("SH", "NAME");
        text(title + " \\- " + lowerFirst(escape(summary)));
        macro("SH", "SYNOPSIS");
        synopsis();
        macro("SH", "DESCRIPTION");
        text(escape(header.length == 0 ? "" : header[0]));
        for (String paragraph : command.usageMessage().description()) {
            macro("PP");
            text(escape(paragraph));
        }
        parameters();
        options();
        subcommands();
        exitCodes();
        return page.toString();
    }

    private void synopsis() {
        StringBuilder line = new StringBuilder("\\fB" + escape(command.qualifiedName()) + "\\fR");
        if (!command.subcommands().isEmpty()) {
            line.append(" \\fICOMMAND\\fR");
        }
        line.append(" [\\fIOPTION\\fR...]");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            line.append(" \\fI").append(escape(parameter.paramLabel())).append("\\fR");
            if (parameter.arity().max() > 1) {
                line.append("...");
            }
        }
        text(line.toString());
    }

    private void parameters() {
        List<PositionalParamSpec> parameters = command.positionalParameters();
        if (!parameters.isEmpty()) {
            macro("SH", "OPERANDS");
        }
        for (PositionalParamSpec parameter : parameters) {
            macro("TP");
            text("\\fI" + escape(parameter.paramLabel()) + "\\fR");
            text(escape(String.join(" ", parameter.description())));
        }
    }

    private void options() {
        macro("SH", "OPTIONS");
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                macro("TP");
                text(names(option));
                text(escape(String.join(" ", option.description())));
            }
        }
    }

    private static String names(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(names.isEmpty() ? "" : ", ")
                    .append("\\fB")
                    .append(escape(name))
                    .append("\\fR");
        }
        if (option.arity().max() > 0) {
            names.append("=\\fI").append(escape(option.paramLabel())).append("\\fR");
        }
        return names.toString();
    }

    private void subcommands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        macro("SH", "COMMANDS");
        for (CommandLine sub : command.subcommands().values()) {
            macro("TP");
            text("\\fB" + escape(title(sub)) + "\\fR(1)");
            text(escape(String.join(" ", sub.getCommandSpec().usageMessage().header())));
        }
    }

    private void exitCodes() {
        macro("SH", "EXIT STATUS");
        exitCode("0", "Done.");
        exitCode("1", "Failed: the input or output, or what was asked for is not there.");
        exitCode("2", "The command line is wrong.");
        exitCode("3", "Done, but parts of what was asked about could not be read.");
        exitCode("4", "Done, and what was asked about is damaged (dump verify).");
        exitCode("70", "A defect of Inquest; please report it.");
    }

    private void exitCode(String code, String meaning) {
        macro("TP");
        text("\\fB" + code + "\\fR");
        text(meaning);
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escape(argument).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    private void text(String line) {
        // A line that begins with a dot or quote would be taken as a macro.
        page.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "")
                .append(line)
                .append('\n');
    }

    private static String escape(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String lowerFirst(String sentence) {
        return sentence.isEmpty() ? "" : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
