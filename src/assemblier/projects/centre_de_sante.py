"""The budget of a centre de santé over five years: what it bills, what it pays, what is missing.

Revenue: acts × tariff, collective lump sums, grants. Costs: salaries less the relief named
« Teulade », secretariat, rent, other costs, depreciation. The balance is a political choice: either
the centre is sized to balance, or the local authority pays what is missing.
"""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from assemblier.figures import Confidence, Nature
from assemblier.parameters import explain
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.centre_form import BALANCE, FORM, HORIZON, SERVICE
from assemblier.projects.entries import ANSWERED, Entries, computed, fraction, guide
from assemblier.projects.expressions import (
    Expression,
    Nothing,
    largest,
    lift,
    ref,
    rounded_up,
    smallest,
    where_positive,
)
from assemblier.projects.form import Answers
from assemblier.projects.study import Drawn, Listing, Picture, Statement, Study, quantity

YEARS = tuple(f"Année {year}" for year in range(1, HORIZON + 1))
CRUISE = HORIZON - 1
"""The year the centre has reached its activity."""
_RANKS = ("première", "deuxième", "troisième", "quatrième", "cinquième")
_CHAPTER = "pages 48 et suivantes"
_P = "projets.centre_de_sante."
_EUROS = "€ par an"


def study(answers: Answers, on: dt.date) -> Study:
    """Return the five-year budget of a centre.

    Always true
    -----------
    Each year, the result is the revenue less the costs.
    The balance subsidy is what is missing, never negative.
    With what is said to balance (doctors, or secretariat), the result of the last year is zero.
    """
    calculation = Calculation(tuple(_blocks(answers, on)))
    objective = answers.get("objectif") or SERVICE
    return Study(
        FORM.kind,
        "Budget d'un centre de santé",
        answers.get("nom") or "centre de santé",
        on,
        calculation,
        tuple(_findings(calculation, objective)),
        ("resultat", CRUISE),
        _PICTURES,
        (_choice(calculation),),
        _WARNINGS,
        sources=(guide(_CHAPTER),),
    )


def _blocks(answers: Answers, on: dt.date) -> Iterator[Block]:
    entries = Entries(answers, on)
    capped = answers.get("plafond_subvention") is not None
    yield Block("Hypothèses d'activité", _activity(entries))
    yield Block("Hypothèses de recettes", _revenue(entries))
    yield Block("Hypothèses de charges", (*_salary(answers, entries), *_costs(entries)))
    yield Block("Montée en charge", _ramp(answers, on), YEARS)
    yield Block("Compte de résultat", _budget(), YEARS)
    yield Block("Garantie « 400 médecins »", (_guarantee_years(entries),))
    yield Block("Garantie et subvention d'équilibre, par an", _subsidy(capped), YEARS)
    if capped:
        accepted = entries.entry("plafond_subvention", "subvention acceptée", _EUROS)
        yield Block("Ce que la collectivité accepte", (accepted,))
    yield Block(f"Seuil d'équilibre, {YEARS[CRUISE].lower()}", _break_even())
    yield Block(f"Dimensionner pour l'équilibre, {YEARS[CRUISE].lower()}", _sizing())
    yield Block(
        "Repère : les cinq centres de santé de Grenoble (guide de 2019)", _grenoble(entries)
    )


def _activity(entries: Entries) -> tuple[Row, ...]:
    entry, acte = entries.entry, "projets.acte."
    return (
        entry("medecins", "médecins", "ETP"),
        entry("heures_semaine", "heures par semaine d'un médecin", "heures par semaine"),
        entry(
            "part_consultation",
            "temps passé en consultation",
            "%",
            f"{acte}part_consultation",
            ranged=True,
        ),
        entry(
            "minutes",
            "durée d'une consultation",
            "minutes",
            "medecin_generaliste.temps.minutes_consultation",
            ranged=True,
        ),
        entry(
            "semaines",
            "semaines de consultation",
            "semaines par an",
            f"{acte}semaines_an",
            ranged=True,
        ),
        entry("presence", "rendez-vous honorés", "%", f"{acte}presence", ranged=True),
        entry("jours_semaine", "jours d'ouverture", "jours par semaine", f"{_P}jours_semaine"),
        entry("population", "habitants desservis", "habitants"),
    )


def _revenue(entries: Entries) -> tuple[Row, ...]:
    entry = entries.entry
    return (
        entry("tarif", "tarif d'une consultation", "€", "projets.acte.tarif_consultation"),
        entry("forfaits", "forfaits de coordination", _EUROS, optional=True),
        entry("subventions", "subventions de projets", _EUROS, optional=True),
        entry("medecins_400", "médecins recrutés par « 400 médecins »", "ETP", optional=True),
    )


def _salary(answers: Answers, entries: Entries) -> tuple[Row, ...]:
    """Return the gross salary: as said, or from the net one."""
    if answers.get("salaire_brut") is not None or answers.get("salaire_net") is None:
        return (
            entries.entry("salaire_brut", "salaire brut d'un médecin", "€ par mois", ranged=True),
        )
    return (
        entries.entry("salaire_net", "salaire net d'un médecin", "€ par mois"),
        entries.entry("part_nette", "part du brut qui reste au médecin", "%", f"{_P}part_nette"),
        computed(
            "salaire_brut",
            "salaire brut d'un médecin",
            "€ par mois",
            ref("salaire_net") / ref("part_nette") * 100,
        ),
    )


def _costs(entries: Entries) -> tuple[Row, ...]:
    entry = entries.entry
    return (
        entry(
            "charges_patronales",
            "cotisations de l'employeur",
            "% du brut",
            f"{_P}charges_patronales",
            ranged=True,
        ),
        entry("teulade", "allègement « Teulade »", "% du brut", "aides.cds_teulade.taux"),
        entry("etp_administratif", "secrétariat et gestion", "ETP par médecin"),
        entry(
            "cout_secretariat",
            "coût d'un ETP de secrétariat",
            _EUROS,
            f"{_P}cout_secretariat",
            ranged=True,
        ),
        entry("loyer", "loyer", _EUROS, ranged=True),
        entry("autres_charges", "autres charges", _EUROS, ranged=True),
        entry("equipement", "équipement à amortir", "€"),
        entry("amortissement_annees", "durée d'amortissement", "ans", f"{_P}amortissement_annees"),
        entry("evolution_salaires", "hausse annuelle des charges", "%", f"{_P}evolution_salaires"),
        computed(
            "etp_total",
            "secrétariat et gestion, en tout",
            "ETP",
            ref("medecins") * ref("etp_administratif"),
            1,
        ),
        computed(
            "heures_medicales",
            "heures médicales",
            "heures par semaine",
            ref("medecins") * ref("heures_semaine"),
            1,
        ),
    )


def _ramp(answers: Answers, on: dt.date) -> tuple[Row, ...]:
    found = explain(f"{_P}montee_en_charge", on)
    said = [answers.number(f"montee_annee_{year}") for year in range(1, HORIZON + 1)]
    is_said = None not in said
    cells = tuple(
        fraction(default) if value is None else value
        for value, default in zip(said, found.value, strict=True)
    )
    rise = 1 + ref("evolution_salaires") / 100
    index = (lift(1), *(ref("indice", year) * rise for year in range(CRUISE)))
    return (
        Row(
            "annee",
            "rang de l'année",
            "",
            tuple(Fraction(y) for y in range(1, HORIZON + 1)),
            origin="par définition",
            nature=Nature.CALCULE,
        ),
        Row(
            "montee",
            "activité, en part de la croisière",
            "%",
            cells,
            0,
            ANSWERED if is_said else found.as_text(),
            Confidence.CONFIRME if is_said else found.confidence,
            nature=Nature.REPONSE if is_said else None,
        ),
        Row("indice", "indice des charges", "", index, 3),
    )


def _budget() -> tuple[Row, ...]:
    wages = ref("medecins") * ref("salaire_brut") * 12
    capacity = ref("medecins") * ref("heures_semaine") * (ref("part_consultation") / 100)
    kept = (ref("presence") / 100) * (ref("montee") / 100)
    dated = where_positive(
        ref("amortissement_annees") - ref("annee") + 1,
        ref("equipement") / ref("amortissement_annees"),
        0,
    )
    costs = ref("salaires") - ref("allegement") + ref("secretariat") + ref("loyer_annuel")
    rows = (
        (
            "actes",
            "consultations",
            "par an",
            capacity * 60 / ref("minutes") * ref("semaines") * kept,
        ),
        ("recettes_actes", "recettes des consultations", _EUROS, ref("actes") * ref("tarif")),
        (
            "recettes",
            "recettes",
            _EUROS,
            ref("recettes_actes") + ref("forfaits") + ref("subventions"),
        ),
        (
            "salaires",
            "salaires des médecins, cotisations comprises",
            _EUROS,
            wages * (1 + ref("charges_patronales") / 100) * ref("indice"),
        ),
        (
            "allegement",
            "allègement « Teulade » reçu",
            _EUROS,
            wages * (ref("teulade") / 100) * ref("indice"),
        ),
        (
            "secretariat",
            "secrétariat",
            _EUROS,
            ref("etp_total") * ref("cout_secretariat") * ref("indice"),
        ),
        ("loyer_annuel", "loyer de l'année", _EUROS, ref("loyer") * ref("indice")),
        ("autres", "autres charges de l'année", _EUROS, ref("autres_charges") * ref("indice")),
        ("amortissement", "amortissement", _EUROS, dated),
        ("charges", "charges", _EUROS, costs + ref("autres") + ref("amortissement")),
        ("resultat", "résultat", _EUROS, ref("recettes") - ref("charges")),
    )
    return tuple(computed(*row, columns=HORIZON) for row in rows)


def _guarantee_years(entries: Entries) -> Row:
    path = "aides.med400.annees_maximum"
    return entries.given("garantie_annees", "durée de la garantie", "ans", path)


def _subsidy(capped: bool) -> tuple[Row, ...]:
    salary = (ref("salaires") - ref("allegement")) / ref("medecins") / 12
    months = smallest(12, 12 * (ref("garantie_annees") - ref("annee") + 1))
    billed = ref("recettes_actes") / ref("medecins") / 12
    missing = 0 - (ref("resultat") + ref("garantie"))
    monthly = "€ par mois"

    def yearly(key: str, label: str, unit: str, formula: Expression, decimals: int = 0) -> Row:
        return computed(key, label, unit, formula, decimals, HORIZON)

    rows = (
        yearly("salaire_mois", "coût mensuel d'un médecin", monthly, salary),
        yearly("actes_mois", "consultations qu'un médecin facture", monthly, billed),
        yearly(
            "garantie_mois",
            "garantie par médecin et par mois",
            monthly,
            largest(0, ref("salaire_mois") - ref("actes_mois")),
        ),
        yearly("mois_garantis", "mois garantis", "mois", largest(0, months)),
        yearly(
            "garantie",
            "garantie « 400 médecins »",
            _EUROS,
            ref("medecins_400") * ref("garantie_mois") * ref("mois_garantis"),
        ),
        yearly("subvention", "subvention d'équilibre", _EUROS, largest(0, missing)),
        Row(
            "subvention_cumul",
            "subvention d'équilibre, cumulée",
            "€",
            (
                ref("subvention", 0),
                *(ref("subvention_cumul", y - 1) + ref("subvention", y) for y in range(1, HORIZON)),
            ),
        ),
        yearly(
            "subvention_habitant",
            "subvention d'équilibre par habitant",
            "€ par habitant",
            ref("subvention") / ref("population"),
            2,
        ),
    )
    if not capped:
        return rows
    accepted = smallest(ref("subvention"), ref("plafond_subvention"))
    left = ref("subvention") - ref("versee")
    return (
        *rows,
        yearly("versee", "subvention d'équilibre versée", _EUROS, accepted),
        yearly("a_trouver", "reste à trouver", _EUROS, left),
    )


def _break_even() -> tuple[Row, ...]:
    charges = ref("charges", CRUISE)
    fixed = ref("forfaits") + ref("subventions")
    days = ref("jours_ouverts")
    rows = (
        (
            "jours_ouverts",
            "jours d'ouverture, fériés compris",
            "jours par an",
            ref("jours_semaine") * 52,
        ),
        (
            "actes_equilibre",
            "consultations à l'équilibre",
            "par an",
            rounded_up((charges - fixed) / ref("tarif")),
        ),
        (
            "resultat_equilibre",
            "résultat à ce nombre de consultations",
            _EUROS,
            ref("actes_equilibre") * ref("tarif") + fixed - charges,
            2,
        ),
        (
            "actes_jour",
            "consultations prévues par jour d'ouverture",
            "par jour",
            ref("actes", CRUISE) / days,
            1,
        ),
        (
            "actes_jour_equilibre",
            "consultations par jour d'ouverture à l'équilibre",
            "par jour",
            ref("actes_equilibre") / days,
            1,
        ),
    )
    return tuple(computed(*row) for row in rows)


def _sizing() -> tuple[Row, ...]:
    year = CRUISE
    direct = ref("salaires", year) - ref("allegement", year) + ref("secretariat", year)
    shared = ref("loyer_annuel", year) + ref("autres", year) + ref("amortissement", year)
    room = ref("resultat", year) + ref("secretariat", year)
    rows = (
        (
            "marge",
            "ce que laisse un médecin, son secrétariat payé",
            "€ par an et par médecin",
            (ref("recettes_actes", year) - direct) / ref("medecins"),
        ),
        (
            "fixe",
            "charges communes, forfaits et subventions déduits",
            _EUROS,
            shared - ref("forfaits") - ref("subventions"),
        ),
        (
            "medecins_equilibre",
            "médecins à l'équilibre",
            "ETP",
            where_positive(
                ref("marge"),
                ref("fixe") / ref("marge"),
                Nothing("aucun nombre : chaque médecin coûte plus qu'il ne facture"),
            ),
            2,
        ),
        (
            "etp_equilibre",
            "secrétariat et gestion à l'équilibre",
            "ETP par médecin",
            where_positive(
                room,
                room / (ref("medecins") * ref("cout_secretariat") * ref("indice", year)),
                Nothing("aucun : le déficit dépasse le coût du secrétariat"),
            ),
            2,
        ),
    )
    return tuple(computed(*row) for row in rows)


def _grenoble(entries: Entries) -> tuple[Row, ...]:
    p = "projets.reperes.grenoble."
    return (
        entries.given("grenoble_budget", "budget de fonctionnement", _EUROS, f"{p}budget"),
        entries.given("grenoble_ville", "participation de la ville", _EUROS, f"{p}part_municipale"),
        entries.given("grenoble_centres", "centres", "centres", f"{p}centres"),
        computed(
            "grenoble_part",
            "part de la ville",
            "%",
            ref("grenoble_ville") / ref("grenoble_budget") * 100,
            1,
        ),
        computed(
            "grenoble_par_centre",
            "budget d'un centre",
            _EUROS,
            ref("grenoble_budget") / ref("grenoble_centres"),
        ),
        computed(
            "part_collectivite",
            "dans ce projet, part de la subvention d'équilibre",
            "%",
            ref("subvention", CRUISE) / ref("charges", CRUISE) * 100,
            1,
        ),
    )


# ── what is said ──────────────────────────────────────────────────────────────────────────────


def _findings(calculation: Calculation, objective: str) -> Iterator[Statement]:
    """Yield what is known: a sentence whose figures are not is not written."""
    yield _result_statement(calculation)
    yield from _acts_statement(calculation)
    if calculation.value("resultat", CRUISE) is None:
        return
    yield (
        _sizing_statement(calculation) if objective == BALANCE else _subsidy_statement(calculation)
    )


def _acts_statement(calculation: Calculation) -> Iterator[Statement]:
    planned, needed = calculation.value("actes_jour"), calculation.value("actes_jour_equilibre")
    unit = "consultations par jour"
    if planned is None:
        return
    if needed is None:
        yield Statement(
            f"Le centre prévoit {quantity(planned, unit, 1)} d'ouverture.", (("actes_jour", 0),)
        )
        return
    yield Statement(
        f"L'équilibre demande {quantity(needed, unit, 1)} d'ouverture ; le centre en prévoit "
        f"{quantity(planned, '', 1).strip()}.",
        (("actes_jour_equilibre", 0), ("actes_jour", 0)),
    )


def _result_statement(calculation: Calculation) -> Statement:
    result = calculation.value("resultat", CRUISE)
    if result is None:
        entries = calculation.entries_of(("resultat", CRUISE))
        lacking = ", ".join(row.label for row in entries if None in row.cells)
        return Statement(f"Le résultat n'est pas disponible ; à dire : {lacking}.")
    word = "un excédent" if result >= 0 else "un déficit"
    text = f"En croisière, le centre a {word} de {quantity(abs(result), _EUROS)}."
    return Statement(text, (("resultat", CRUISE), ("recettes", CRUISE), ("charges", CRUISE)))


def _subsidy_statement(calculation: Calculation) -> Statement:
    paid = [calculation.value("subvention", year) or Fraction(0) for year in range(HORIZON)]
    if not any(paid):
        text = "Ce service ne demande pas de subvention d'équilibre, de la première année à la"
        return Statement(f"{text} {_RANKS[CRUISE]}.", (("subvention_cumul", CRUISE),))
    each = calculation.value("subvention_habitant", 0)
    head = f" La première année, c'est {quantity(each, '€ par habitant', 2)}." if each else ""
    return Statement(
        f"Si la collectivité choisit ce service, elle verse {_years_text(paid)}.{head} C'est un "
        "choix politique.",
        (("subvention", 0), ("subvention_cumul", CRUISE)),
    )


def _years_text(paid: list[Fraction]) -> str:
    """Return what is paid each year, every year that costs something, then what it sums to."""
    steady = next(year for year in range(HORIZON) if len(set(paid[year:])) == 1)
    dated = [year for year in range(HORIZON) if paid[year] and (year < steady or year == CRUISE)]
    each = [f"{quantity(paid[year], '€')} la {_RANKS[year]}" for year in dated]
    each[0] += " année"
    last = paid[CRUISE]
    if last and steady < CRUISE:
        each[-1] = quantity(last, _EUROS)
    listed = " puis ".join((", ".join(each[:-1]), each[-1])) if len(each) > 1 else each[0]
    # What is read must sum to what is read.
    total = quantity(Fraction(sum(round(one) for one in paid)), "€")
    if last:
        return f"{listed}, soit {total} à engager sur cinq ans"
    return f"{listed}{f', soit {total} à engager' if len(each) > 1 else ''} ; rien ensuite"


def _sizing_statement(calculation: Calculation) -> Statement:
    doctors = calculation.value("medecins_equilibre")
    staff = calculation.value("etp_equilibre")
    said = []
    if doctors is not None:
        said.append(f"{quantity(doctors, 'médecins', 2)} à temps plein")
    if staff is not None:
        said.append(f"{quantity(staff, 'ETP', 2)} de secrétariat par médecin")
    text = (
        f"Le centre est à l'équilibre avec {', ou avec '.join(said)}."
        if said
        else "Ni le nombre de médecins ni le secrétariat ne suffisent à équilibrer ce centre."
    )
    return Statement(text, (("medecins_equilibre", 0), ("etp_equilibre", 0)))


def _choice(calculation: Calculation) -> Listing:
    doctors, staff = calculation.value("medecins_equilibre"), calculation.value("etp_equilibre")
    none = quantity(Fraction(0), "€")
    rows = (
        (
            "viser l'équilibre, par les médecins",
            quantity(doctors, "ETP", 2),
            none if doctors is not None else quantity(None, "€"),
        ),
        (
            "viser l'équilibre, par le secrétariat",
            quantity(staff, "ETP par médecin", 2),
            none if staff is not None else quantity(None, "€"),
        ),
        (
            "viser ce service",
            "comme décrit",
            quantity(calculation.value("subvention", CRUISE), _EUROS),
        ),
    )
    return Listing(
        "choix",
        "Deux façons de faire, un choix politique",
        ("Objectif", "Dimension", "Subvention d'équilibre en croisière"),
        rows,
        "« Certaines villes ou intercommunalités considèrent que les apports pour les habitants "
        "justifient un financement d'équilibre de la part de la collectivité ; d'autres "
        "configurent le personnel et les activités du centre de façon à atteindre l'équilibre "
        "financier : il s'agit d'un choix politique. »",
        (guide(_CHAPTER),),
    )


_PICTURES = (
    Picture(
        "recettes_charges",
        "Recettes et charges, année après année",
        Drawn.LINES,
        ("recettes", "charges"),
        "Les recettes montent avec l'activité ; les charges sont là dès l'ouverture.",
    ),
)
_WARNINGS = (
    "En devenant gestionnaire, la collectivité prend à sa charge tout déséquilibre d'exploitation.",
    "Les recettes ne comptent que des consultations au tarif de base : majorations, visites et "
    "actes techniques n'y sont pas.",
    "La garantie « 400 médecins » compare le coût du salaire, cotisations comprises et allègement "
    "déduit, aux consultations facturées ; le contrat signé avec l'ARS peut retenir une autre "
    "base.",
)
