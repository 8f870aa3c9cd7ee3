"""Which départements a list of communes describes whole."""

from functools import cache

from assemblier.territory.communes import index


def described(listed: frozenset[str]) -> frozenset[str]:
    """Return the départements a census describes whole, from the communes it lists.

    Several producers only list communes that have something. A département is described whole when
    a commune is listed in each of the EPCI that lie there; elsewhere what is absent is unknown.

    Always true
    -----------
    More communes listed never describe fewer départements.

    Examples
    --------
    >>> described(frozenset(["43157"]))
    frozenset()
    """
    return frozenset(
        departement
        for departement, groups in _epci_of_departements().items()
        if all(not listed.isdisjoint(codes) for codes in groups)
    )


@cache
def _epci_of_departements() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the EPCI that have most of their communes in each département, cut at its edge."""
    rows = index()
    departement = dict(zip(rows.codes, rows.code_departement.tolist(), strict=True))
    found: dict[str, list[tuple[str, ...]]] = {}
    for codes in rows.groups("siren_epci").values():
        places = [departement[code] for code in codes]
        main = max(sorted(set(places)), key=places.count)
        found.setdefault(main, []).append(
            tuple(code for code in codes if departement[code] == main)
        )
    return {code: tuple(groups) for code, groups in found.items()}
