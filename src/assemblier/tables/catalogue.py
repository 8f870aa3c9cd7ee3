"""The tables that cross layers, one specification each: column by column, in French."""

from assemblier.tables.specification import ColumnSpec, Kind, TableSpec

STATUTS = ("connu", "secret", "non disponible")
"""A value that is known, that its producer hides, that its producer does not have."""

PROFESSIONS = (
    "medecin_generaliste",
    "medecin_specialiste",
    "infirmier",
    "masseur_kinesitherapeute",
    "chirurgien_dentiste",
    "sage_femme",
    "orthophoniste",
    "orthoptiste",
    "pedicure_podologue",
    "pharmacien",
    "dieteticien",
    "psychologue",
    "autre",
)
"""The professions, as every table names them."""

NIVEAUX = (
    "commune",
    "canton_ville",
    "bassin_de_vie",
    "bassin_de_vie_canton_ville",
    "tvs",
    "epci",
    "arrondissement",
    "zone_emploi",
    "unite_urbaine",
    "aire_attraction",
    "qpv",
    "zsp",
    "departement",
    "region",
    "france",
)
"""The levels of territory a row may be about."""

ZONES = (
    "ZIP",
    "ZAC",
    "ZV",
    "HZ",
    "tres_sous_dotee",
    "sous_dotee",
    "intermediaire",
    "tres_dotee",
    "sur_dotee",
    "non_prioritaire",
)
"""The zones of doctors (ZIP, ZAC, zone de vigilance, hors zonage) and of the other professions."""

PATTERN_COMMUNE = r"(?:\d{2}|2[AB])\d{3}"
_MOST_PEOPLE = 100_000_000
_FIRST_YEAR = 1960
_LAST_YEAR = 2100


def _text(name: str, meaning: str, nullable: bool = False, pattern: str = "") -> ColumnSpec:
    return ColumnSpec(name, Kind.TEXT, meaning, nullable=nullable, pattern=pattern)


def _choice(name: str, meaning: str, values: tuple[str, ...], nullable: bool = False) -> ColumnSpec:
    return ColumnSpec(name, Kind.TEXT, meaning, nullable=nullable, values=values)


def _count(name: str, meaning: str, unit: str, nullable: bool = False) -> ColumnSpec:
    return ColumnSpec(name, Kind.INTEGER, meaning, unit, nullable, 0, _MOST_PEOPLE, additive=True)


def _number(
    name: str, meaning: str, unit: str, nullable: bool = True, high: float | None = None
) -> ColumnSpec:
    return ColumnSpec(name, Kind.NUMBER, meaning, unit, nullable, 0, high)


def _quantity(
    name: str, meaning: str, unit: str, nullable: bool = True, high: float = _MOST_PEOPLE
) -> ColumnSpec:
    return ColumnSpec(name, Kind.NUMBER, meaning, unit, nullable, 0, high, additive=True)


_COMMUNE = _text("code_commune", "code officiel géographique de la commune", False, PATTERN_COMMUNE)
_PROFESSION = _choice("profession", "profession de santé", PROFESSIONS)
_MILLESIME = ColumnSpec(
    "millesime",
    Kind.INTEGER,
    "année que les données décrivent",
    "année",
    low=_FIRST_YEAR,
    high=_LAST_YEAR,
)
_NIVEAU = _choice("niveau", "niveau géographique", NIVEAUX)
_CODE = _text("code", "code du territoire à ce niveau")
_SEXE = _choice("sexe", "sexe", ("F", "H", "ensemble"))
_STATUT = _choice("statut", "valeur connue, secrète ou non disponible", STATUTS)
_AGE_LOW = ColumnSpec(
    "age_debut", Kind.INTEGER, "premier âge de la tranche", "ans", low=0, high=120
)
_AGE_HIGH = ColumnSpec(
    "age_fin",
    Kind.INTEGER,
    "dernier âge de la tranche, compris ; vide pour une tranche ouverte",
    "ans",
    nullable=True,
    low=0,
    high=120,
)
_INDICATEUR = _text("indicateur", "ce qui est mesuré, dans les mots du producteur")
_VALEUR = ColumnSpec("valeur", Kind.NUMBER, "valeur, vide si elle n'est pas connue", nullable=True)
_APL = "accessibilité potentielle localisée"
_APL_UNIT = (
    "consultations par an et par habitant standardisé (médecins généralistes) ; "
    "équivalents temps plein pour 100 000 habitants standardisés (autres professions)"
)

_SPECS = (
    TableSpec(
        "apl_publiee",
        "APL publiée par la DREES, par commune et profession",
        (
            _COMMUNE,
            _PROFESSION,
            _MILLESIME,
            _number("apl", _APL, _APL_UNIT, high=10_000),
            _number("apl_65", f"{_APL}, praticiens de 65 ans et moins", _APL_UNIT, high=10_000),
            _number("apl_62", f"{_APL}, praticiens de 62 ans et moins", _APL_UNIT, high=10_000),
            _number("apl_60", f"{_APL}, praticiens de 60 ans et moins", _APL_UNIT, high=10_000),
            _quantity(
                "population_standardisee",
                "population pondérée par les besoins de soins de chaque âge",
                "habitants standardisés",
                high=_MOST_PEOPLE,
            ),
            _quantity("population", "population totale", "habitants", high=_MOST_PEOPLE),
        ),
        ("code_commune", "profession", "millesime"),
    ),
    TableSpec(
        "parametres",
        "paramètres imprimés dans un classeur de la DREES (pondérations, distances…)",
        (
            _PROFESSION,
            ColumnSpec(
                "ligne", Kind.INTEGER, "rang dans la feuille d'origine", low=1, high=1_048_576
            ),
            _text("cle", "ce que la ligne nomme"),
            _text("valeur", "ce que la ligne donne, comme le classeur l'écrit", True),
        ),
        ("profession", "ligne"),
    ),
    TableSpec(
        "population_age",
        "population par commune, sexe et âge",
        (
            _COMMUNE,
            _MILLESIME,
            _SEXE,
            _AGE_LOW,
            _AGE_HIGH,
            _quantity("population", "population", "habitants", False, _MOST_PEOPLE),
        ),
        ("code_commune", "millesime", "sexe", "age_debut"),
    ),
    TableSpec(
        "appartenance",
        "territoires auxquels chaque commune appartient",
        (
            _COMMUNE,
            _MILLESIME,
            _text("departement", "code du département", True),
            _text("region", "code de la région", True),
            _text("siren_epci", "SIREN de l'EPCI à fiscalité propre", True),
            _text("arrondissement", "code de l'arrondissement", True),
            _text("canton", "code du canton-ou-ville", True),
            _text("zone_emploi", "code de la zone d'emploi", True),
            _text("unite_urbaine", "code de l'unité urbaine", True),
            _text("aire_attraction", "code de l'aire d'attraction des villes", True),
            _text("bassin_de_vie", "code du bassin de vie", True),
        ),
        ("code_commune", "millesime"),
    ),
    TableSpec(
        "zones",
        "noms des bassins de vie, cantons, zones d'emploi et autres territoires",
        (_NIVEAU, _CODE, _MILLESIME, _text("nom", "nom du territoire")),
        ("niveau", "code", "millesime"),
    ),
    TableSpec(
        "equipements",
        "équipements et professionnels de la base permanente des équipements",
        (
            _COMMUNE,
            _MILLESIME,
            _text("type_equipement", "code du type dans la nomenclature de l'année"),
            _count("effectif", "nombre d'équipements ou de lieux d'exercice", "équipements"),
        ),
        ("code_commune", "millesime", "type_equipement"),
    ),
    TableSpec(
        "exercices",
        "professionnels en exercice, comptés par lieu et profil, sans aucun nom",
        (
            _COMMUNE,
            _text("site", "FINESS de l'établissement ou voie ; jamais un nom ni un SIRET", True),
            _text("code_postal", "code postal du lieu", True),
            _PROFESSION,
            _text("specialite", "spécialité, dans les mots du producteur", True),
            _choice("mode_exercice", "mode d'exercice", ("liberal", "salarie", "benevole"), True),
            _text("secteur", "secteur conventionnel ou d'activité", True),
            _text("tranche_age", "tranche d'âge, quand la source la donne", True),
            ColumnSpec(
                "effectif",
                Kind.INTEGER,
                "professionnels",
                "professionnels",
                low=1,
                high=_MOST_PEOPLE,
                additive=True,
            ),
            _quantity(
                "part_activite",
                "activité de ces professionnels ici, une personne valant 1 tous lieux réunis",
                "professionnels",
            ),
            _quantity(
                "demi_journees", "demi-journées par semaine", "demi-journées", high=1_000_000
            ),
        ),
        (),
    ),
    TableSpec(
        "offre_locale",
        "offre corrigée par un agent du territoire : ce qui est réellement en place",
        (
            _COMMUNE,
            _PROFESSION,
            _count(
                "effectif_officiel",
                "effectif que donnait le fichier officiel",
                "professionnels",
                True,
            ),
            _count("effectif", "effectif réel", "professionnels", True),
            _quantity(
                "demi_journees",
                "demi-journées réelles par semaine, toutes personnes",
                "demi-journées",
                high=10_000,
            ),
            _count("departs", "départs annoncés dans les deux ans", "professionnels", True),
            _count("arrivees", "arrivées annoncées dans les deux ans", "professionnels", True),
        ),
        ("code_commune", "profession"),
    ),
    TableSpec(
        "etablissements",
        "établissements sanitaires, médico-sociaux et pharmacies",
        (
            _text("finess", "numéro FINESS de l'établissement", False, r"[0-9AB]{9}"),
            _text("finess_juridique", "numéro FINESS de l'entité juridique", True),
            _text("nom", "raison sociale de l'établissement"),
            _text("categorie", "code de la catégorie d'établissement"),
            _text("libelle_categorie", "catégorie d'établissement", True),
            _COMMUNE,
            ColumnSpec("longitude", Kind.NUMBER, "longitude WGS 84", "degrés", True, -180, 180),
            ColumnSpec("latitude", Kind.NUMBER, "latitude WGS 84", "degrés", True, -90, 90),
            _text("qualite", "précision de la position, dans les mots du producteur", True),
            ColumnSpec("date_ouverture", Kind.DATE, "date d'ouverture", nullable=True),
        ),
        ("finess",),
    ),
    TableSpec(
        "autorisations",
        "activités de soins et équipements lourds autorisés",
        (
            _text("finess", "numéro FINESS de l'établissement", False, r"[0-9AB]{9}"),
            _text("activite", "code de l'activité ou de l'équipement"),
            _text("libelle", "activité ou équipement"),
            _text("modalite", "modalité et forme", True),
            _text("numero", "numéro de l'autorisation", True),
            ColumnSpec("date_fin", Kind.DATE, "fin de l'autorisation", nullable=True),
        ),
        (),
    ),
    TableSpec(
        "zonage",
        "zone conventionnelle ou réglementaire de chaque commune, par profession",
        (
            _COMMUNE,
            _PROFESSION,
            _choice("zone", "zone", ZONES, nullable=True),
            _text("zone_source", "zone, comme la source l'écrit"),
            _text("code_tvs", "territoire de vie-santé", True),
            _text("acte", "arrêté qui fixe le zonage", True),
            _choice("statut", "zone connue ou non disponible", STATUTS),
        ),
        ("code_commune", "profession", "zone_source"),
    ),
    TableSpec(
        "composition_tvs",
        "territoire de vie-santé de chaque commune",
        (
            _COMMUNE,
            _MILLESIME,
            _text("code_tvs", "code du territoire de vie-santé"),
            _text("nom_tvs", "nom du territoire de vie-santé", True),
        ),
        ("code_commune", "millesime"),
    ),
    TableSpec(
        "epci",
        "EPCI à fiscalité propre",
        (
            _text("siren_epci", "SIREN de l'EPCI", False, r"\d{9}"),
            _MILLESIME,
            _text("nom", "nom de l'EPCI"),
            _text("nature", "nature juridique (CC, CA, CU, ME…)", True),
            _count("communes", "nombre de communes membres", "communes", True),
        ),
        ("siren_epci", "millesime"),
    ),
    TableSpec(
        "qpv",
        "quartiers prioritaires de la politique de la ville et leurs indicateurs",
        (
            _text("code_qpv", "code du quartier"),
            _text("nom", "nom du quartier"),
            _text("communes", "communes du quartier, comme la source les écrit", True),
            _text("code_commune", "commune du quartier, s'il n'en a qu'une", True, PATTERN_COMMUNE),
            _MILLESIME,
            _INDICATEUR,
            _VALEUR,
            _STATUT,
        ),
        ("code_qpv", "millesime", "indicateur"),
    ),
    TableSpec(
        "filosofi",
        "revenus et pauvreté par commune (Filosofi)",
        (_COMMUNE, _MILLESIME, _INDICATEUR, _VALEUR, _STATUT),
        ("code_commune", "millesime", "indicateur"),
    ),
    TableSpec(
        "ald",
        "patients en affection de longue durée",
        (
            _NIVEAU,
            _CODE,
            _MILLESIME,
            _text("ald", "affection (« toutes » pour l'ensemble)"),
            _SEXE,
            _text("age", "classe d'âge (« tous » pour l'ensemble)"),
            _quantity("effectif", "patients", "patients", high=_MOST_PEOPLE),
            _number("taux", "taux, dans l'unité de la colonne unite", "", high=_MOST_PEOPLE),
            _text("unite", "unité du taux", True),
            _STATUT,
        ),
        ("niveau", "code", "millesime", "ald", "sexe", "age"),
    ),
    TableSpec(
        "mortalite",
        "décès et taux de mortalité",
        (
            _NIVEAU,
            _CODE,
            ColumnSpec(
                "annee_debut",
                Kind.INTEGER,
                "première année",
                "année",
                low=_FIRST_YEAR,
                high=_LAST_YEAR,
            ),
            ColumnSpec(
                "annee_fin",
                Kind.INTEGER,
                "dernière année, comprise",
                "année",
                low=_FIRST_YEAR,
                high=_LAST_YEAR,
            ),
            _text("cause", "cause de décès (« toutes » pour l'ensemble)"),
            _SEXE,
            _text("age", "classe d'âge (« tous » pour l'ensemble)"),
            _quantity("effectif", "décès", "décès", high=_MOST_PEOPLE),
            _number("taux", "taux, dans l'unité de la colonne unite", "", high=_MOST_PEOPLE),
            _text("unite", "unité du taux", True),
            _STATUT,
        ),
        ("niveau", "code", "annee_debut", "annee_fin", "cause", "sexe", "age"),
    ),
    TableSpec(
        "flux",
        "effectifs, entrées et sorties d'une profession sur un territoire",
        (
            _NIVEAU,
            _CODE,
            _PROFESSION,
            _text("specialite", "spécialité, dans les mots du producteur", True),
            _text("periode", "période que les flux décrivent, comme la source l'écrit"),
            _count("effectif_debut", "effectif au début", "professionnels", True),
            _count("entrees", "entrées", "professionnels", True),
            _count("sorties", "sorties", "professionnels", True),
            _count("effectif_fin", "effectif à la fin", "professionnels", True),
        ),
        ("niveau", "code", "profession", "specialite", "periode"),
    ),
    TableSpec(
        "ages_medecins",
        "praticiens par tranche d'âge ; un effectif trop petit est caché",
        (
            _NIVEAU,
            _CODE,
            _PROFESSION,
            _text("specialite", "spécialité, dans les mots du producteur", True),
            _MILLESIME,
            _AGE_LOW,
            _AGE_HIGH,
            _count("effectif", "praticiens", "praticiens", True),
            _STATUT,
        ),
        ("niveau", "code", "profession", "specialite", "millesime", "age_debut"),
    ),
    TableSpec(
        "indicateurs",
        "tout autre indicateur par territoire",
        (
            _NIVEAU,
            _CODE,
            _MILLESIME,
            _INDICATEUR,
            _VALEUR,
            _text("unite", "unité de la valeur", True),
            _STATUT,
        ),
        ("niveau", "code", "millesime", "indicateur"),
    ),
    TableSpec(
        "nomenclature",
        "libellés des codes d'un fichier, tels que son producteur les donne",
        (
            _text("variable", "nom de la variable, comme dans le fichier"),
            _text("code", "code de la modalité"),
            _text("libelle", "libellé de la modalité"),
        ),
        ("variable", "code"),
    ),
    TableSpec(
        "codes_postaux",
        "codes postaux des communes",
        (
            _COMMUNE,
            _text("code_postal", "code postal", False, r"\d{5}"),
            _text("nom", "nom de la commune"),
        ),
        (),
    ),
)

TABLES: dict[str, TableSpec] = {spec.name: spec for spec in _SPECS}
"""Every table that crosses layers, by name."""


def table_spec(name: str) -> TableSpec:
    """Return the specification of a table.

    Raises
    ------
    LookupError
        When no table has this name.

    Examples
    --------
    >>> table_spec("epci").key
    ('siren_epci', 'millesime')
    """
    if name not in TABLES:
        raise LookupError(f"table « {name} » inconnue ; tables connues : {', '.join(TABLES)}")
    return TABLES[name]
