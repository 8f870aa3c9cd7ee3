"""How a sentence places a territory: « en Haute-Loire », « à Saugues », « au Puy-en-Velay »."""

from assemblier.territory import Perimeter, parse


def located(perimeter: Perimeter) -> str:
    """Return a territory as a sentence places it.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> located(parse("departement:43")), located(parse("commune:43157"))
    ('en Haute-Loire', 'au Puy-en-Velay')
    """
    if perimeter.kind == "commune":
        return _at_commune(perimeter)
    name = perimeter.avec_article or perimeter.nom
    if perimeter.kind in ("departement", "region", "france"):
        return (
            f"en {perimeter.nom}"
            if not name.startswith(("le ", "les ", "l'", "l’"))
            else f"dans {name}"
        )
    return f"dans {name}" if perimeter.avec_article else f"dans le territoire {name}"


def of_commune(code_commune: str) -> str:
    """Return a commune after « de », elided or contracted as its name asks.

    Examples
    --------
    >>> of_commune("43157"), of_commune("43012"), of_commune("43112")
    ('du Puy-en-Velay', "d'Aurec-sur-Loire", 'de Langeac')
    """
    return parse(f"commune:{code_commune}").charniere


def _at_commune(perimeter: Perimeter) -> str:
    link = perimeter.charniere
    if link.startswith("du "):
        return f"au {link[3:]}"
    if link.startswith("des "):
        return f"aux {link[4:]}"
    return f"à {perimeter.nom}"
