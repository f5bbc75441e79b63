"""A manual page from what a program says of its own arguments (`--experimental-dump-help`).

  python3 manual.py PROGRAM SECTION DATE

The text is the program's: nothing here knows a command or an option. Its help is in Chinese and English,
and so is the page. The markup is that of mdoc(7).
"""
import json
import re
import subprocess
import sys

HELP = "help"


def page(program, section, date):
    """The page of a program's file."""
    dump = subprocess.run(
        [program, "--experimental-dump-help"], check=True, capture_output=True, text=True)
    root = json.loads(dump.stdout)["command"]
    name = root["commandName"]
    lines = [f".Dd {date}", f".Dt {name.upper()} {section}", ".Os Xiecha",
             ".Sh NAME", f".Nm {name}", f".Nd {plain(root['abstract'])}",
             ".Sh SYNOPSIS", *synopsis(root)]
    lines += [".Sh DESCRIPTION", *paragraphs(root.get("discussion", ""))]
    options = shown(root)
    if options:
        lines += [".Bl -tag -width Ds", *(line for option in options for line in item(option)), ".El"]
    commands = [command for command in subcommands(root)]
    if commands:
        lines.append(".Sh COMMANDS")
        for command in commands:
            lines += section_of(command, [])
    return "\n".join(lines) + "\n"


def subcommands(command):
    return [each for each in command.get("subcommands", [])
            if each["commandName"] != HELP and each.get("shouldDisplay", True)]


def shown(command):
    """A command's arguments, without the help that every one has."""
    return [argument for argument in command.get("arguments", [])
            if argument.get("shouldDisplay", True) and argument["valueName"] != HELP]


def section_of(command, above):
    """A command and those below it."""
    words = above + [command["commandName"]]
    below = subcommands(command)
    if below:
        return [line for each in below for line in section_of(each, words)]
    lines = [f".Ss {' '.join(words)}", *paragraphs(command.get("abstract", ""))]
    lines += [".Bd -ragged -offset indent", *synopsis(command, words), ".Ed"]
    lines += paragraphs(command.get("discussion", ""))
    arguments = shown(command)
    if arguments:
        lines += [".Bl -tag -width Ds", *(line for each in arguments for line in item(each)), ".El"]
    return lines


def synopsis(command, words=()):
    lines = [".Nm" + "".join(f" {word}" for word in words)]
    for argument in shown(command):
        text = flag(argument)
        if argument["isRepeating"]:
            text += " ..."
        lines.append(f".Op {text}" if argument["isOptional"] else f".{text}")
    if subcommands(command) and not words:
        lines += [".Ar command", ".Op Ar argument ..."]
    return lines


def flag(argument):
    """`Fl -store Ar store`, or `Ar file` of what stands alone."""
    value = f"Ar {argument['valueName']}"
    if argument["kind"] == "positional":
        return value
    name = argument["preferredName"]
    dashes = "-" if name["kind"] == "long" else ""
    text = f"Fl {dashes}{name['name']}"
    return text if argument["kind"] == "flag" else f"{text} {value}"


def item(argument):
    text = plain(argument.get("abstract", ""))
    if argument.get("defaultValue"):
        text += f" ({plain(argument['defaultValue'])})"
    lines = [f".It {flag(argument)}", text or "\\&"]
    if argument.get("allValues"):
        lines += [".br", plain(", ".join(argument["allValues"]))]
    return lines


def paragraphs(text):
    """Lines that are indented stand as they are."""
    lines, literal = [], False
    for line in text.splitlines():
        indented = line.startswith("  ")
        if indented and not literal:
            while lines and lines[-1] == ".Pp":
                lines.pop()
            lines.append(".Bd -literal -offset indent")
        if literal and not indented and line.strip():
            lines.append(".Ed")
        literal = indented or (literal and not line.strip())
        if line.strip():
            lines.append(plain(line[2:] if indented else line))
        elif lines and not literal and lines[-1] != ".Pp":
            lines.append(".Pp")
    if literal:
        lines.append(".Ed")
    while lines and lines[-1] == ".Pp":
        lines.pop()
    return lines


def plain(text):
    """Text that no line of which is a request (groff(7)), and no hyphen a soft one."""
    text = text.strip("\n").replace("\\", "\\e").replace("\n", " ")
    # A sentence begins a line, so that the formatter knows its end.
    text = re.sub(r"([a-z0-9)`\"]{2}[.:?]) +(?=[A-Z])", r"\1\n", text)
    return "\\&" + text if text[:1] in (".", "'") else text


if __name__ == "__main__":
    print(page(sys.argv[1], int(sys.argv[2]), sys.argv[3]), end="")
