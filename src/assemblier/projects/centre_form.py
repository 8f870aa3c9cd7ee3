"""The questions of the budget of a centre de santé, and the worked example of the guide."""

import datetime as dt
from collections.abc import Iterator

from assemblier.aids.legality.fields import Kind
from assemblier.errors import Problem
from assemblier.figures import Confidence
from assemblier.projects.entries import fraction, read_example
from assemblier.projects.form import Answers, Form, question, share

HORIZON = 5
BALANCE, SERVICE = "equilibre", "service"


def _problems(answers: Answers) -> Iterator[Problem]:
    """Yield what makes no centre: nobody, or no hour."""
    for key, what in (("medecins", "un temps de médecin"), ("heures_semaine", "des heures")):
        if answers.number(key) == 0:
            yield Problem(key, "0", "plus de 0", f"dire {what} : sans cela, il n'y a pas de centre")


FORM = Form(
    "centre-de-sante",
    "Budget d'un centre de santé",
    (
        question("nom", "Nom du projet", Kind.TEXTE),
        question(
            "objectif",
            "Ce que la collectivité vise : l'équilibre (dimensionner) ou le service (compenser)",
            Kind.CHOIX,
            (SERVICE, BALANCE),
        ),
        question("medecins", "Médecins salariés, en équivalent temps plein", is_required=True),
        question("heures_semaine", "Heures par semaine d'un médecin", is_required=True, most=60),
        question("salaire_brut", "Salaire brut mensuel d'un médecin, en €"),
        question("salaire_net", "Salaire net mensuel d'un médecin, en €, si le brut est inconnu"),
        share("charges_patronales", "Cotisations de l'employeur, en part du salaire brut"),
        share("teulade", "Allègement « Teulade », en part du salaire brut"),
        question("etp_administratif", "Temps de secrétariat et de gestion par médecin, en ETP"),
        question("cout_secretariat", "Coût annuel d'un ETP de secrétariat, en €"),
        question("loyer", "Loyer annuel, en € (0 si les locaux sont prêtés)"),
        question("autres_charges", "Autres charges annuelles (logiciel, énergie, ménage), en €"),
        question("equipement", "Équipement à acheter, en €, subventions déduites"),
        question("amortissement_annees", "Durée d'amortissement, en années", least=1),
        question("tarif", "Tarif d'une consultation, en €"),
        question("minutes", "Durée d'une consultation, en minutes", least=1),
        question("semaines", "Semaines de consultation par an", most=52),
        share("part_consultation", "Part du temps passée en consultation"),
        share("presence", "Part des rendez-vous honorés"),
        question("forfaits", "Forfaits collectifs de coordination (accord de 2015), en € par an"),
        question("subventions", "Subventions de projets (ARS, contrat de ville), en € par an"),
        question("jours_semaine", "Jours d'ouverture par semaine", least=1, most=7),
        question("population", "Habitants desservis"),
        question(
            "medecins_400",
            "Généralistes recrutés par le dispositif « 400 médecins » (territoire fragile)",
        ),
        question(
            "plafond_subvention", "Subvention d'équilibre que la collectivité accepte, par an"
        ),
        share("evolution_salaires", "Hausse annuelle des salaires et des charges"),
        share("fourchette", "De combien déplacer les hypothèses"),
        *(
            share(f"montee_annee_{year}", f"Activité de l'année {year}, en part de la croisière")
            for year in range(1, HORIZON + 1)
        ),
    ),
    check=_problems,
)
"""Every question; those left empty take a dated hypothesis, or stay unknown."""

_SUPPOSED = {"loyer": 15_000, "autres_charges": 25_000, "equipement": 60_000}
"""What the guide does not say of Port-la-Nouvelle, supposed here and told as such."""
_ASSUMED = "supposé pour l'exemple : le guide de 2019 ne le dit pas"


def port_la_nouvelle(on: dt.date) -> Answers:
    """Return the municipal centre of Port-la-Nouvelle, as the guide of 2019 describes it.

    Examples
    --------
    >>> port_la_nouvelle(dt.date(2019, 12, 31)).number("heures_semaine")
    Fraction(35, 1)
    """
    keys = ("medecins", "heures_semaine", "salaire_net", "etp_administratif", "jours_semaine")
    read, origins = read_example(
        {key: f"projets.reperes.port_la_nouvelle.{key}" for key in keys}, on
    )
    supposed = {key: fraction(value) for key, value in _SUPPOSED.items()}
    unsure = dict.fromkeys(supposed, (_ASSUMED, Confidence.NON_CONFIRME))
    name = "Port-la-Nouvelle (Aude), exemple du guide de 2019"
    return Answers({**supposed, **read, "nom": name}, {}, {**unsure, **origins})
