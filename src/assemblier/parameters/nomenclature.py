"""The specialty codes of the Assurance maladie: which code is which profession."""

from collections.abc import Iterable
from datetime import date

from assemblier.parameters import paths, value

_PREFIX = "nomenclature.specialites."


def professions() -> tuple[str, ...]:
    """Return the professions whose specialty codes are known.

    Examples
    --------
    >>> "infirmier" in professions()
    True
    """
    return tuple(path.removeprefix(_PREFIX) for path in paths() if path.startswith(_PREFIX))


def specialty_codes(profession: str, on: date) -> tuple[str, ...]:
    """Return the specialty codes of a profession at a date.

    Raises
    ------
    ParameterError
        When the profession is unknown, or the date before the first one known.

    Examples
    --------
    >>> specialty_codes("medecin_generaliste", date(2022, 9, 30))
    ('01', '22', '23')
    """
    codes: tuple[str, ...] = value(_PREFIX + profession, on)
    return codes


def profession_of(code: str, on: date) -> str | None:
    """Return the profession of a specialty code at a date, or None when it is none of ours.

    Parameters
    ----------
    code
        Two characters; ``"1"`` is read as ``"01"``, as spreadsheets lose the zero.
    on
        The date of the nomenclature.

    Always true
    -----------
    A code belongs to one profession at most.

    Examples
    --------
    >>> profession_of("22", date(2022, 9, 30)), profession_of("99", date(2022, 9, 30))
    ('medecin_generaliste', None)
    """
    return _by_code(on).get(code.strip().zfill(2))


def of_profession(codes: Iterable[str], profession: str, on: date) -> list[bool]:
    """Say for each specialty code whether it is one of a profession.

    Examples
    --------
    >>> of_profession(["01", "24", "23"], "medecin_generaliste", date(2022, 9, 30))
    [True, False, True]
    """
    wanted = set(specialty_codes(profession, on))
    return [code.strip().zfill(2) in wanted for code in codes]


def _by_code(on: date) -> dict[str, str]:
    return {code: name for name in professions() for code in specialty_codes(name, on)}
