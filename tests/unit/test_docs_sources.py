"""The page on documents sources keeps its promises: its commands exist, its recipe is sound."""

import re
import shlex
from pathlib import Path

from assemblier.cli.program import application
from assemblier.sources.recipes import read_recipe
from assemblier.tables import TABLES

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "documents-sources.md"


def test_commands_of_the_page_exist() -> None:
    text = PAGE.read_text(encoding="utf-8")
    written = re.findall(r"`?(assemblier (?:sources|modele)[^`\n]*)", text)
    assert len(written) > 6
    for line in written:
        words = shlex.split(line.replace("'", ""))
        group = application.get_command(None, words[1])
        if len(words) > 2:
            assert words[2] in group.commands, line
            options = {name for one in group.commands[words[2]].params for name in one.opts}
            assert {word for word in words if word.startswith("-")} <= options, line


def test_recipe_of_the_page_is_sound(tmp_path: Path) -> None:
    written = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    path = tmp_path / "recette.yaml"
    path.write_text(written.group(1), encoding="utf-8")
    assert read_recipe(path).spec.name == "apl_publiee"


def test_page_names_every_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in TABLES if f"`{name}`" not in text] == []
