"""Modules of a page joined into few files: on a slow line every request costs a whole delay (docs/adr/0006).

A joined module loses its comment lines and empty lines, the import lines that the joining answers, and
`export` where no other file asks for the name; nothing else about it changes. What cannot be joined as
plainly as that is refused.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from bening.core.problems import refuse

IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
LATER = re.compile(r'\bimport\("\./([\w-]+\.js)"\)')
DECLARES = r"(?:async )?(?:const|let|class|function) "
EXPORT = re.compile(rf"^export (?={DECLARES}(\w+))", re.MULTILINE)
DECLARED = re.compile(rf"^(?:export )?{DECLARES}(?:(\w+)|[{{[]([^}}\]]*))", re.MULTILINE)
SILENT = re.compile(r"^(?:[ \t]*//.*|[ \t]*)\n", re.MULTILINE)  # comment lines and empty ones
OTHER = re.compile(r"^(?:import|export)\b[^(].*", re.MULTILINE)


def join(sources: Mapping[str, str], groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """One text a group (file name -> modules it begins with), with everything these import, in order of use.

    What an earlier group holds is imported from its file. A module that is not among `sources` stays a
    file of its own. Refused: aliases, default exports and the like (FIELD-130), and one name declared by two
    modules of a group (FIELD-131).
    """
    home: dict[str, str] = {}
    for group, roots in groups.items():
        home |= {module: group for module in closure(sources, roots) if module not in home}
    used = {group: outside(sources, home, group) for group in groups}
    stay = {name for names in used.values() for name in names}
    for module in {module for each in home for module in LATER.findall(sources[each])} & set(home):
        stay |= {(home[module], name) for name in EXPORT.findall(sources[module])}
    joined = {}
    for group in groups:
        modules = [module for module, file in home.items() if file == group]
        names = [declared(sources[each]) for each in modules]
        refuse_clashes(group, [*names, [name for _, name in used[group]]])
        kept = {name for file, name in stay if file == group}
        parts = [f"// {each}\n{plain(each, sources[each], kept, home)}" for each in modules]
        joined[group] = "\n".join([imports(used[group]), *parts])
    return joined


def closure(sources: Mapping[str, str], roots: Iterable[str]) -> list[str]:
    """The modules and all they import, each behind what it needs: the order in which a browser runs them."""
    begun: set[str] = set()
    ended: list[str] = []

    def visit(module: str) -> None:
        if module in sources and module not in begun:
            begun.add(module)
            for needed, _ in imported(module, sources[module]):
                visit(needed)
            ended.append(module)

    for root in roots:
        visit(root)
    return ended


def imported(module: str, text: str) -> list[tuple[str, str]]:
    """File and name of everything that a module imports by name."""
    pairs = [(file, name.strip()) for names, file in IMPORT.findall(text) for name in names.split(",")]
    for _, name in pairs:
        if not re.fullmatch(r"\w*", name):
            raise refuse("FIELD-130", file=module, line=name)
    return [(file, name) for file, name in pairs if name]


def outside(sources: Mapping[str, str], home: Mapping[str, str], group: str) -> set[tuple[str, str]]:
    """File and name of what a group needs from other files."""
    needs = [pair for each, file in home.items() if file == group for pair in imported(each, sources[each])]
    return {(home.get(module, module), name) for module, name in needs if home.get(module) != group}


def imports(pairs: Set[tuple[str, str]]) -> str:
    """The import lines for them, sorted."""
    files = sorted({file for file, _ in pairs})
    names = [", ".join(sorted(name for other, name in pairs if other == file)) for file in files]
    return "".join(f'import {{ {some} }} from "./{file}";\n' for file, some in zip(files, names, strict=True))


def declared(text: str) -> list[str]:
    """The names a module declares at its top."""
    found = [name.strip() for one, many in DECLARED.findall(text) for name in (one or many).split(",")]
    return [name for name in found if name]


def refuse_clashes(group: str, lists: Iterable[Iterable[str]]) -> None:
    """No name may come from two modules."""
    for name, times in Counter(name for names in lists for name in names).items():
        if times > 1:
            raise refuse("FIELD-131", file=group, name=name)


def plain(module: str, text: str, kept: Set[str], home: Mapping[str, str]) -> str:
    """A module without comment lines, answered imports and needless exports."""
    bare = SILENT.sub("", IMPORT.sub("", text))
    if long := next((line for line in bare.splitlines() if line.count("`") % 2), None):
        raise refuse(
            "FIELD-130", file=module, line=long
        )  # a text over several lines may hold what looks silent
    if odd := OTHER.search(EXPORT.sub("", bare)):
        raise refuse("FIELD-130", file=module, line=odd[0])
    body = EXPORT.sub(lambda found: found[0] if found[1] in kept else "", bare)
    return LATER.sub(lambda found: f'import("./{home.get(found[1], found[1])}")', body).strip("\n") + "\n"
