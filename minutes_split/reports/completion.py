"""Scripts with which bash and zsh complete the command line: written from the parser, so that they cannot fall behind it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

SHELLS = ("bash", "zsh")


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script for one of `SHELLS`. It calls nothing: all that it knows stands in it."""
    return _bash(parser) if shell == "bash" else _zsh(parser)


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Each command with what it is and its own parser."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, own in action.choices.items():
                yield name, told.get(name, ""), own


def _choices(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """What may follow an option or stand as an argument, where that is a short list."""
    for action in parser._actions:
        if action.choices is not None and not isinstance(action, argparse._SubParsersAction):
            words = " ".join(map(str, action.choices))
            yield from ((option, words) for option in action.option_strings or ("",))


def _bash(parser: argparse.ArgumentParser) -> str:
    names = " ".join(name for name, _, _ in _commands(parser))
    lines = [
        "# bash completion of minutes-split",
        "_minutes_split() {",
        '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" options="" words=""',
        "  COMPREPLY=()",
        '  if [ "$COMP_CWORD" -eq 1 ]; then',
        f'    COMPREPLY=( $(compgen -W "{names} --help --version" -- "$word") )',
        "    return",
        "  fi",
        '  case "${COMP_WORDS[1]}" in',
    ]
    for name, _, own in _commands(parser):
        options = " ".join(option for action in own._actions for option in action.option_strings)
        lines.append(f'    {name}) options="{options}"')
        for option, words in _choices(own):
            test = f'[ "$before" = "{option}" ]' if option else '[ "${word#-}" = "$word" ]'
            lines.append(f'      {test} && words="{words}"')
        lines.append("      ;;")
    lines += [
        "  esac",
        '  if [ -n "$words" ]; then COMPREPLY=( $(compgen -W "$words" -- "$word") )',
        '  elif [ "${word#-}" != "$word" ]; then COMPREPLY=( $(compgen -W "$options" -- "$word") )',
        '  else COMPREPLY=( $(compgen -f -- "$word") ); fi',
        "}",
        "complete -o filenames -F _minutes_split minutes-split",
    ]
    return "\n".join(lines) + "\n"


def _zsh(parser: argparse.ArgumentParser) -> str:
    lines = ["#compdef minutes-split", "_minutes_split() {", "  local -a commands", "  commands=("]
    lines += [f"    {_quoted(f'{name}:{told}')}" for name, told, _ in _commands(parser)]
    lines += ["  )", "  if (( CURRENT == 2 )); then", "    _describe command commands", "    return", "  fi"]
    lines += ["  local command=$words[2]", "  shift words", "  (( CURRENT-- ))", '  case "$command" in']
    for name, _, own in _commands(parser):
        told = [_argument(action) for action in own._actions]
        lines.append(f"    {name}) _arguments {' '.join(told)} ;;")
    lines += ["  esac", "}", '_minutes_split "$@"']
    return "\n".join(lines) + "\n"


def _argument(action: argparse.Action) -> str:
    said = (action.help or "").replace("[", "(").replace("]", ")").replace(":", " -").replace("%", "")
    label = (action.metavar if isinstance(action.metavar, str) else action.dest).lower()
    value = f"({' '.join(map(str, action.choices))})" if action.choices else "_files"
    follows = "" if action.nargs == 0 else f":{label}:{value}"
    if not action.option_strings:
        return _quoted(f"*:{label}:{value}")
    repeated = "*" * isinstance(action, argparse._AppendAction)
    return " ".join(_quoted(f"{repeated}{option}[{said}]{follows}") for option in action.option_strings)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "’") + "'"
