"""French for the texts that click writes itself (usage, options, refusals)."""

import gettext
import os
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"


def speak_french() -> None:
    """Make click's own texts French, whatever the language of the terminal.

    Must be called before a text is produced; click asks `gettext` at that moment.
    """
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", str(CATALOGUES))
