"""The financing plan of an investment: costs, funders, and a sum that is exactly the cost."""

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from assemblier.aids.legality.fields import Kind
from assemblier.errors import Problem
from assemblier.figures import Nature
from assemblier.projects.bearer import (
    GRANTS,
    bearer_rows,
    bearer_text,
    percent,
    same_name,
    share_doubt,
    share_refusals,
    state_refusals,
    sum_of,
)
from assemblier.projects.benchmarks import msp_benchmark
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, guide
from assemblier.projects.expressions import Expression, ref, smallest, summed
from assemblier.projects.form import Answers, Form, Rows, question, share
from assemblier.projects.funds import (
    BEARERS,
    BUILDINGS,
    FUND_OF,
    LOCAL,
    NATURES,
    STATE,
    in_compensated_zone,
)
from assemblier.projects.study import (
    Drawn,
    Listing,
    Picture,
    Refusal,
    Statement,
    Study,
    decimals_of,
    quantity,
)

HT, TTC = "ht", "ttc"
STEPS = {
    "emergence": "émergence",
    "conception": "conception",
    "realisation": "réalisation",
    "fonctionnement": "fonctionnement",
}


def plan_problems(answers: Answers) -> Iterator[Problem]:
    """Yield what the lines of a plan lack, or say twice."""
    open_lines = []
    for rank, line in enumerate(answers.rows("financements"), start=1):
        fund = FUND_OF.get(line.get("financeur", ""))
        if fund is None:
            continue
        where = f"financements, ligne {rank}"
        said = [key for key in ("montant", "taux") if line.get(key) is not None]
        if len(said) == 2:
            yield Problem(where, "un montant et un taux", "l'un ou l'autre", "en garder un")
        if not said and fund.key == "autofinancement":
            open_lines.append(rank)
        elif not said and fund.key != "fctva":
            yield Problem(where, "ni montant ni taux", "l'un des deux", f"chiffrer {fund.label}")
        for key in fund.asks:
            if answers.get(key) is None:
                expected = f"une réponse, que {fund.label} demande"
                yield Problem(key, "absent", expected, "répondre")
    if len(open_lines) > 1:
        found = f"{len(open_lines)} autofinancements sans montant"
        yield Problem("financements", found, "un seul", "chiffrer les autres")


FORM = Form(
    "financement",
    "Plan de financement d'un investissement",
    (
        question("nom", "Nom du projet", Kind.TEXTE),
        question(
            "structure",
            "Ce que l'on construit",
            Kind.CHOIX,
            ("maison_de_sante", "centre_de_sante", "cabinet", "autre"),
        ),
        question("porteur", "Qui porte l'opération", Kind.CHOIX, BEARERS, is_required=True),
        question("zone", "Zone pour les médecins", Kind.CHOIX, ("zip", "zac", "hz")),
        question("zone_rurale", "En ZRR (avant juillet 2024) ou en FRR (depuis)", Kind.OUI_NON),
        question("rural_eligible", "Éligible à la DETR", Kind.OUI_NON),
        question("multi_acteurs", "Opération à plusieurs acteurs (FNADT)", Kind.OUI_NON),
        question("qpv", "Dans un quartier prioritaire (QPV), ou à son service", Kind.OUI_NON),
        question(
            "convention_npnru", "Quartier sous convention de renouvellement urbain", Kind.OUI_NON
        ),
        question(
            "derogation",
            "Dispense de la participation minimale (accordée par le préfet, ou outre-mer)",
            Kind.OUI_NON,
        ),
        share("tva", "Taux de TVA"),
    ),
    (
        Rows(
            "depenses",
            "Dépenses",
            (
                question("nature", "Ce qui est payé", Kind.CHOIX, tuple(NATURES), is_required=True),
                question("libelle", "Son nom", Kind.TEXTE),
                question("montant_ht", "Montant hors taxes, en €", is_required=True),
            ),
            least=1,
        ),
        Rows(
            "financements",
            "Financements",
            (
                question("financeur", "Qui paie", Kind.CHOIX, tuple(FUND_OF), is_required=True),
                question("libelle", "Son nom", Kind.TEXTE),
                question(
                    "depense",
                    "La dépense aidée, si ce n'est pas toute l'opération",
                    Kind.CHOIX,
                    tuple(NATURES),
                ),
                question("montant", "Montant, en €"),
                share("taux", "Taux de l'aide"),
                question("base", "Le taux s'applique au montant", Kind.CHOIX, (HT, TTC)),
                question("plafond", "Plafond de l'aide, en €"),
                question("plafond_depense", "Plafond de la dépense retenue, en €"),
                question("etape", "Étape du projet", Kind.CHOIX, tuple(STEPS)),
            ),
            least=1,
        ),
    ),
    check=plan_problems,
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return the plan, line by line, and everything that forbids it.

    An own contribution (`autofinancement`) without an amount takes what is left.

    Always true
    -----------
    A plan that is not refused sums to 100 % of the cost.
    An aid never exceeds its cap.
    A line whose funder is the bearer is paid by the bearer.
    A local bearer of a plan that is not refused pays its share, unless an exception may apply.
    """
    entries = Entries(answers, on)
    calculation = Calculation(tuple(_blocks(entries, answers, on)))
    lines = answers.rows("financements")
    return Study(
        FORM.kind,
        "Plan de financement",
        answers.get("nom") or "projet immobilier de santé",
        on,
        calculation,
        (*_findings(calculation), *share_doubt(answers, calculation, on)),
        ("porteur", 0),
        (
            Picture(
                "plan",
                "Qui paie",
                Drawn.BARS,
                tuple(f"aide_{rank}" for rank in range(1, len(lines) + 1)),
                "Chaque barre est une ligne du plan.",
            ),
        ),
        (_contacts(lines), *_steps(lines)),
        tuple(_warnings(answers, on)),
        tuple(_refusals(answers, calculation, on)),
        (guide("pages 48 et suivantes"),),
    )


def _blocks(entries: Entries, answers: Answers, on: dt.date) -> Iterator[Block]:
    yield Block("Les dépenses", tuple(_costs(entries, answers)))
    yield Block("Les financements", tuple(_lines(entries, answers)))
    yield Block("Le plan", tuple(_plan(answers)))
    yield Block("La part du porteur", tuple(bearer_rows(entries, answers)))
    yield msp_benchmark(on)


def _costs(entries: Entries, answers: Answers) -> Iterator[Row]:
    costs = answers.rows("depenses")
    for rank, one in enumerate(costs, start=1):
        label = one.get("libelle") or NATURES[one["nature"]]
        key, amount = f"depense_{rank}", one["montant_ht"]
        yield entries.said(key, f"{label}, hors taxes", "€", amount, ranged=True)
    yield computed("cout_ht", "coût hors taxes", "€", summed(*_costs_of(costs, tuple(NATURES))))
    yield entries.entry("tva", "taux de TVA", "%", "projets.financement.tva")
    vat = 1 + ref("tva") / 100
    yield computed("cout", "coût toutes taxes comprises", "€", ref("cout_ht") * vat)
    yield computed(
        "immobilier",
        "dont immobilier, toutes taxes comprises",
        "€",
        summed(*_costs_of(costs, BUILDINGS)) * vat,
    )


def _costs_of(costs: tuple[Mapping[str, Any], ...], natures: tuple[str, ...]) -> list[Expression]:
    return [
        ref(f"depense_{rank}")
        for rank, one in enumerate(costs, start=1)
        if one["nature"] in natures
    ]


def _lines(entries: Entries, answers: Answers) -> Iterator[Row]:
    lines = answers.rows("financements")
    others = [ref(f"aide_{rank}") for rank, one in enumerate(lines, start=1) if not _is_open(one)]
    for rank, line in enumerate(lines, start=1):
        label = line.get("libelle") or FUND_OF[line["financeur"]].label
        if _is_open(line):
            rest = ref("cout") - summed(*others)
            yield computed(f"aide_{rank}", f"{label} (le reste)", "€", rest)
        elif line.get("montant") is not None:
            yield entries.said(f"aide_{rank}", label, "€", line["montant"])
        elif line.get("taux") is not None:
            yield from _by_rate(entries, answers, line, rank, label)
        else:
            yield from _vat_back(entries, answers, rank, label)


def _is_open(line: Mapping[str, Any]) -> bool:
    return line["financeur"] == "autofinancement" and not {"montant", "taux"} & {
        key for key in line if line[key] is not None
    }


def _by_rate(
    entries: Entries, answers: Answers, line: Mapping[str, Any], rank: int, label: str
) -> Iterator[Row]:
    """Yield an aid that is a share of the cost, with its two caps."""
    natures = (line["depense"],) if line.get("depense") else tuple(NATURES)
    base: Expression = summed(*_costs_of(answers.rows("depenses"), natures))
    if (line.get("base") or HT) == TTC:
        base = base * (1 + ref("tva") / 100)
    yield entries.said(f"taux_{rank}", f"taux : {label}", "%", line["taux"])
    if line.get("plafond_depense") is not None:
        key = f"plafond_depense_{rank}"
        yield entries.said(key, f"dépense retenue au plus : {label}", "€", line["plafond_depense"])
        base = smallest(base, ref(key))
    yield computed(f"base_{rank}", f"dépense retenue : {label}", "€", base)
    aid: Expression = ref(f"taux_{rank}") / 100 * ref(f"base_{rank}")
    if line.get("plafond") is not None:
        yield entries.said(f"plafond_{rank}", f"plafond : {label}", "€", line["plafond"])
        aid = smallest(aid, ref(f"plafond_{rank}"))
    yield computed(f"aide_{rank}", label, "€", aid)


def _vat_back(entries: Entries, answers: Answers, rank: int, label: str) -> Iterator[Row]:
    """Yield the compensation of VAT: of the premises, where the zone and the bearer allow it."""
    rule = FUND_OF["fctva"].rule(answers, {}, entries.on)
    if rule is not None:
        yield Row(f"aide_{rank}", label, "€", (Fraction(0),), origin=rule, nature=Nature.CALCULE)
        return
    yield entries.given(f"taux_{rank}", "taux du FCTVA", "%", "aides.fctva.taux")
    yield computed(f"aide_{rank}", label, "€", ref(f"taux_{rank}") / 100 * ref("immobilier"))


def _plan(answers: Answers) -> Iterator[Row]:
    lines = answers.rows("financements")
    each = range(1, len(lines) + 1)
    yield computed(
        "somme", "somme des financements", "€", summed(*(ref(f"aide_{r}") for r in each))
    )
    yield computed(
        "reste", "reste à financer (négatif : trop financé)", "€", ref("cout") - ref("somme")
    )
    yield computed("part", "part du coût financée", "%", ref("somme") / ref("cout") * 100, 2)
    for rank, line in enumerate(lines, start=1):
        label = line.get("libelle") or FUND_OF[line["financeur"]].label
        yield computed(
            f"part_{rank}", f"part : {label}", "%", ref(f"aide_{rank}") / ref("cout") * 100, 2
        )
    yield computed(
        "part_etat",
        "part de l'État (DETR, DSIL, FNADT)",
        "%",
        sum_of(lines, STATE) / ref("cout") * 100,
        2,
    )
    yield computed(
        "part_dotations",
        "part des dotations de l'État (DETR, DSIL, DSID, DPV) dans le coût hors taxes",
        "%",
        sum_of(lines, GRANTS) / ref("cout_ht") * 100,
        2,
    )


# ── what forbids the plan ─────────────────────────────────────────────────────────────────────


def _refusals(answers: Answers, calculation: Calculation, on: dt.date) -> Iterator[Refusal]:
    for rank, line in enumerate(answers.rows("financements"), start=1):
        fund = FUND_OF[line["financeur"]]
        why = fund.rule(answers, line, on)
        amount = calculation.value(f"aide_{rank}")
        if why is not None and amount:
            yield Refusal(
                f"{fund.label}, {quantity(amount, '€')}",
                f"{why}.",
                "retirer cette ligne, ou la rattacher à une dépense qu'elle peut payer.",
            )
        yield from _over_cap(line, fund.label, amount)
        if amount is not None and amount < 0:
            yield Refusal(
                "un autofinancement négatif",
                "les aides dépassent le coût.",
                "baisser les aides : un plan ne finance pas plus que le coût.",
            )
    yield from state_refusals(calculation, on)
    yield from share_refusals(answers, calculation, on)
    left = calculation.value("reste")
    if left is not None and left:
        more = left < 0
        found = quantity(abs(left), "€")
        yield Refusal(
            f"un plan qui finance {percent(calculation.value('part'))} du coût",
            f"{found} de trop." if more else f"il manque {found}.",
            "baisser les aides jusqu'au coût." if more else "trouver ce reste, ou l'autofinancer.",
        )


def _over_cap(line: Mapping[str, Any], label: str, amount: Fraction | None) -> Iterator[Refusal]:
    cap = line.get("plafond")
    if cap is not None and amount is not None and amount > cap:
        yield Refusal(
            f"{label}, {quantity(amount, '€')}",
            f"son plafond est de {quantity(Fraction(cap), '€')}.",
            "ramener l'aide à son plafond.",
        )


def _findings(calculation: Calculation) -> Iterator[Statement]:
    cost, part = calculation.value("cout"), calculation.value("part")
    yield Statement(
        f"L'opération coûte {quantity(cost, '€')} toutes taxes comprises "
        f"({quantity(calculation.value('cout_ht'), '€')} hors taxes) ; le plan en finance "
        f"{percent(part)}{_gap_text(calculation.value('reste'))}.",
        (("cout", 0), ("cout_ht", 0), ("somme", 0), ("part", 0)),
    )
    state = calculation.value("part_etat")
    yield Statement(
        f"{bearer_text(calculation)} ; l'État paie {_exact(state)} du coût, contre "
        f"{quantity(calculation.value('repere_part'), '%', 2)} en moyenne en 2018.",
        (("porteur", 0), ("fctva", 0), ("part_etat", 0), ("repere_part", 0)),
    )


def _exact(value: Fraction | None) -> str:
    return quantity(value, "%", 0 if value is None else decimals_of(value))


def _gap_text(left: Fraction | None) -> str:
    if not left:
        return ""
    found = quantity(abs(left), "€")
    return f" : {found} de trop" if left < 0 else f" : il manque {found}"


def _contacts(lines: tuple[Mapping[str, Any], ...]) -> Listing:
    funds = list(dict.fromkeys(FUND_OF[line["financeur"]] for line in lines))
    return Listing(
        "contacts",
        "À qui demander",
        ("Financeur", "Ce qu'il finance", "Contact"),
        tuple((fund.label, fund.note, fund.contact) for fund in funds),
        "",
        tuple(dict.fromkeys(fund.source for fund in funds)),
    )


def _steps(lines: tuple[Mapping[str, Any], ...]) -> Iterator[Listing]:
    told = [line for line in lines if line.get("etape") or line["financeur"] == "ars"]
    if told:
        yield Listing(
            "etapes",
            "À quelle étape chaque aide intervient",
            ("Étape", "Financeur", "Dépense"),
            tuple(
                (
                    STEPS[line.get("etape") or _step_of(line)],
                    FUND_OF[line["financeur"]].label,
                    NATURES.get(line.get("depense") or "", "toute l'opération"),
                )
                for line in told
            ),
            "L'ARS peut financer un accompagnement extérieur à la conception, l'équipement et "
            "l'amorçage à la réalisation.",
            (guide("pages 48 et suivantes"),),
        )


def _step_of(line: Mapping[str, Any]) -> str:
    return "conception" if line.get("depense") == "ingenierie" else "realisation"


def _warnings(answers: Answers, on: dt.date) -> Iterator[str]:
    if answers.get("porteur") in LOCAL:
        yield from same_name(answers)
    yield from _vat_warnings(answers, on)
    taxed = [one for one in answers.rows("financements") if one["financeur"] in GRANTS]
    if any((one.get("base") or HT) == TTC and one.get("taux") is not None for one in taxed):
        yield (
            "Une dotation de l'État est calculée ici sur le montant toutes taxes comprises : elle "
            "l'est sur la dépense hors taxes (article R. 2334-27 du CGCT)."
        )
    yield (
        "Les taux et plafonds de chaque collectivité sont ceux que vous écrivez : les vérifier "
        "dans son règlement d'aide."
    )


def _vat_warnings(answers: Answers, on: dt.date) -> Iterator[str]:
    """Yield what the compensation of VAT changes, and what is not sure of it."""
    asked = any(one["financeur"] == "fctva" for one in answers.rows("financements"))
    if not asked and answers.get("porteur") in LOCAL:
        if in_compensated_zone(answers, on):
            yield "Le plan ne compte pas de FCTVA : ici, la TVA des locaux peut être compensée."
        elif answers.get("zone") is None and answers.get("zone_rurale") is None:
            yield "FCTVA : dire la zone, qui décide si la TVA des locaux est compensée."
    if asked:
        yield (
            "Le FCTVA rend la TVA après la dépense : la trésorerie est à prévoir jusque-là. Il "
            "n'est compté ni comme une aide, ni dans la part du porteur."
        )
        yield (
            "FCTVA, à vérifier auprès de la préfecture avant de compter dessus : un local loué à "
            "des libéraux (compte 2132) en serait écarté depuis 2021 (question écrite n° 15783 du "
            "5 mars 2024, à l'Assemblée nationale)."
        )
