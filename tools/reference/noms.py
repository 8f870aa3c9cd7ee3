"""Articles et charnières des noms de lieux (type de nom en clair, TNCC, de l'Insee)."""

ARTICLES = {
    0: "",
    1: "",
    2: "Le ",
    3: "La ",
    4: "Les ",
    5: "L'",
    6: "Aux ",
    7: "Las ",
    8: "Los ",
}
CHARNIERES = {
    0: "de ",
    1: "d'",
    2: "du ",
    3: "de la ",
    4: "des ",
    5: "de l'",
    6: "des ",
    7: "de Las ",
    8: "de Los ",
}
VOYELLES = "AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ"


def avec_charniere(nom: str, type_nom: int | None) -> str:
    """Rend le nom précédé de sa charnière ; l'article éventuel du nom s'y fond.

    >>> avec_charniere("Le Puy-en-Velay", 2), avec_charniere("Haute-Loire", 3)
    ('du Puy-en-Velay', 'de la Haute-Loire')
    """
    if type_nom is None:
        type_nom = 1 if nom[0] in VOYELLES else 0
    article = ARTICLES[type_nom]
    court = nom[len(article) :] if article and nom.startswith(article) else nom
    return CHARNIERES[type_nom] + court


def avec_article(nom: str, type_nom: int) -> str:
    """Rend le nom précédé de son article en minuscule.

    >>> avec_article("Haute-Loire", 3)
    'la Haute-Loire'
    """
    return ARTICLES[type_nom].lower() + nom


NATURES_EPCI = {
    "CC": "communauté de communes",
    "CA": "communauté d'agglomération",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "MET69": "métropole de Lyon, collectivité à statut particulier",
}


def epci_avec_charniere(nom: str, nature: str) -> str:
    """Rend « de la communauté de communes … », ou la charnière du nom d'une métropole."""
    prefixe = f"{nature} "
    if nom.startswith(prefixe):
        return f"de la {NATURES_EPCI[nature]} {nom[len(prefixe) :]}"
    if nom.startswith("Eurométropole"):
        return f"de l'{nom}"
    if nom.startswith("Métropole "):
        return f"de la {nom[0].lower()}{nom[1:]}"
    return avec_charniere(nom, None)
