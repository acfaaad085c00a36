import ArgumentParser
import WengertLang

/// What the reference says of the command line, from the tables that read it.
enum CommandLinePage {
  static var text: String {
    var page = "\n## The command line\n\n"
    page += "`wl FILE` runs a program, `wl` alone is the prompt, or runs a program from a pipe.\n\n"
    page += Reference.table(
      ["command", "does"],
      CommandName.allCases.filter { $0.command.configuration.shouldDisplay }.map {
        ["`wl \($0.rawValue)`", $0.command.configuration.abstract]
      })
    page += "\nAll that run programs take these options; behind `--` everything is a file.\n\n"
    page += Reference.table(
      ["option", "does"],
      OptionRow.all.map { row in
        let operand = row.operand.map { " \($0)" } ?? ""
        return ["`\(row.names.joined(separator: ", "))\(operand)`", row.help]
      })
    page +=
      "\nThose that are about an output also take `--of NAME`, `--format text` or `json`, and "
    page +=
      "`-o, --output FILE`;\n`trace`, `adjoint`, `grad` and `check` also `--wrt NAMES`, and `check` "
    page +=
      "`--full`, for the evidence. `fmt` takes\n`--check` alone, `explain` `--format` alone.\n"
    page += "\n### Exit statuses\n\n"
    page += Reference.table(
      ["status", "means"], ExitStatus.all.map { ["\($0.status)", $0.meaning] })
    page += "\n### JSON Lines\n\n"
    page += "With `--json` each line is an object whose `event` says what it tells of.\n\n"
    page += Reference.table(["event", "members"], Presenter.events.map { ["`\($0)`", $1] })
    page += "\n### Environment\n\n"
    page += Reference.table(
      ["variable", "says"],
      [
        ["`NO_COLOR`", "no colours, unless `--color always` asks for them"],
        ["`TERM`", "`dumb` or nothing: a prompt of plain lines, without colours"],
        ["`XDG_STATE_HOME`", "the folder of `wl/history`; else it is `~/.local/state`"],
      ])
    return page
  }
}
