"""Every error Assemblier raises on purpose.

    AssemblierError
    ├── InputError (ValueError)            what the user gave; carries every problem at once
    │   ├── PerimeterError                 unknown or ambiguous territory
    │   └── DataError                      a file or a table that breaks its contract
    ├── ShapeError (ValueError)            arrays that do not fit together
    ├── ParameterError (LookupError)       a dated value asked for outside its dates
    ├── UnavailableError (LookupError)     a known figure whose source is not present
    └── OutputError (OSError)              a result that could not be written

Messages are in French: people read them. Each says where, what was found, what was expected and
what to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person must repair.

    Attributes
    ----------
    where
        The place: an argument, a file and its line, a folder.
    found
        What stands there.
    expected
        What should stand there.
    action
        What to do, in the imperative or the infinitive.
    """

    where: str
    found: str
    expected: str
    action: str

    def __str__(self) -> str:
        return (
            f"{self.where} : {self.found}\n  attendu : {self.expected}\n  à faire : {self.action}"
        )


class AssemblierError(Exception):
    """The root of the tree; `exit_status` is what the command line returns."""

    exit_status = 2


class InputError(AssemblierError, ValueError):
    """What the user gave cannot be used.

    Examples
    --------
    >>> error = InputError([Problem("--date", "31/02/2024", "une date", "corriger le jour")])
    >>> error.problems[0].found
    '31/02/2024'
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PerimeterError(InputError):
    """A territory that is unknown or that several territories answer to."""


class DataError(InputError):
    """A file or a table that breaks its contract."""


class ShapeError(AssemblierError, ValueError):
    """Arrays whose shapes do not fit together."""


class ParameterError(AssemblierError, LookupError):
    """A dated value asked for at a date where none is known."""


class UnavailableError(AssemblierError, LookupError):
    """A figure that exists, but whose source is not present here.

    Parameters
    ----------
    what
        The figure or the composition asked for.
    file
        The official file that would bring it.
    """

    def __init__(self, what: str, file: str) -> None:
        self.what = what
        self.file = file
        super().__init__(f"{what} : non disponible\n  ce qui l'apporterait : {file}")


class OutputError(AssemblierError, OSError):
    """A result that could not be written; nothing half-written is left behind."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def why_unreadable(error: Exception) -> str:
    """Say in French why a file could not be read.

    Examples
    --------
    >>> why_unreadable(FileNotFoundError(2, "No such file or directory"))
    "ce fichier n'existe pas"
    """
    known: dict[type[Exception], str] = {
        FileNotFoundError: "ce fichier n'existe pas",
        IsADirectoryError: "c'est un dossier",
        PermissionError: "ce fichier n'est pas lisible",
        UnicodeDecodeError: "un texte illisible, car il n'est pas en UTF-8",
    }
    return known.get(type(error), f"la lecture a échoué ({error})")
