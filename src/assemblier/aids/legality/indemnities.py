"""The indemnities of students: those of interns on internship, and the one that binds to a zone."""

from assemblier.aids.amounts import Period
from assemblier.aids.legality.caps import Cap, allowed_monthly, cap_of, others_monthly
from assemblier.aids.legality.common import giver_words
from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.opinion import Finding, Law, State, judged, law
from assemblier.aids.legality.values import Values, what_to_enter
from assemblier.aids.legality.wording import plain, short
from assemblier.aids.words import euros

_INTERN, _GP = "interne", "medecine_generale"
_MISREAD = (
    "La bourse régionale citée par le guide (3 000 € par semestre) dépasse ce plafond (X-13)."
)
_SCOPE = "La fiche du guide limite ce plafond au troisième cycle, son annexe I non (X-22)."


def stage_findings(aid: AideLocale, values: Values) -> list[Finding]:
    """Return the findings of an indemnity of housing and travel during an internship."""
    return [_gp_intern(aid), _housing(aid), cap_finding(aid, values), _written(aid)]


def _gp_intern(aid: AideLocale) -> Finding:
    rule = law("stage.beneficiaires", aid.date)
    told = (aid.beneficiaire_statut, aid.beneficiaire_filiere)
    holds: bool | None = None
    if told[0] == "etudiant" or (told[1] is not None and told[1] != _GP):
        holds = False
    elif told == (_INTERN, _GP):
        holds = True
    return judged(
        "bénéficiaire",
        holds,
        rule,
        aid.date,
        (
            "Le bénéficiaire est interne de médecine générale.",
            "Cette indemnité n'est ouverte qu'aux internes de médecine générale : ni aux étudiants "
            "de deuxième cycle, ni aux autres spécialités.",
            "Le statut ou la filière du bénéficiaire n'est pas dit.",
        ),
        "Écrire : un étudiant de troisième cycle de médecine générale, pendant son stage.",
        "L'indemnité d'hébergement du deuxième cycle, citée en 2023, a un autre payeur (X-08).",
    )


def _housing(aid: AideLocale) -> Finding:
    rule = law("stage.compatible_logement_gratuit", aid.date)
    housed = aid.beneficiaire_logement_gratuit
    return judged(
        "logement gratuit",
        None if housed is None else not housed,
        rule,
        aid.date,
        (
            "Le bénéficiaire n'est pas logé gratuitement.",
            "L'indemnité ne se cumule pas avec un logement mis à disposition gratuitement.",
            "Il n'est pas dit si le bénéficiaire est logé gratuitement.",
        ),
        "Écrire : l'indemnité n'est pas due à qui dispose d'un logement gratuit.",
    )


def _written(aid: AideLocale) -> Finding:
    article = Law(
        "Article L. 1511-8 du code général des collectivités territoriales : l'indemnité est "
        "versée pendant le stage"
    )
    if aid.convention_parties:
        return Finding("convention", State.CONFORME, "Une convention écrite est prévue.", article)
    return Finding(
        "convention",
        State.CONSEIL,
        "Aucun texte lu n'impose de convention pour cette indemnité ; un écrit fixe le stage, la "
        "durée et l'absence de logement gratuit.",
        article,
        "Signer la convention jointe avec l'interne.",
    )


def cap_finding(aid: AideLocale, values: Values) -> Finding:
    """Return the finding of a capped indemnity, all givers together.

    Raises
    ------
    ValueError
        For an aid without a cap.
    """
    cap = cap_of(aid.domaine, aid.date, values)
    if cap is None:
        raise ValueError(f"{aid.domaine} : aucun plafond")
    others = others_monthly(aid)
    mine = aid.montant.monthly(aid.mois) if aid.montant else None
    if mine is None or None in others:
        return _unspread(aid, cap)
    if not cap.is_sure or cap.monthly is None:
        return _unsure(aid, cap)
    total = mine + sum(one for one in others if one is not None)
    return _compared(aid, cap, total > cap.monthly, euros(total), euros(total * 12))


def _unspread(aid: AideLocale, cap: Cap) -> Finding:
    if aid.montant is None:
        sentence = "Le montant n'est pas dit."
    else:
        sentence = (
            "Un versement en une fois se compare au plafond si l'on sait sur combien de mois."
        )
    return Finding(
        "plafond",
        State.A_COMPLETER,
        sentence,
        cap.law,
        "Écrire le montant avec son unité (€ par mois, par semestre ou par an), ou « mois ».",
    )


def _unsure(aid: AideLocale, cap: Cap) -> Finding:
    given = f" avec {giver_words(aid.autres_donneurs)}" if aid.autres_donneurs else ""
    known = ""
    if cap.monthly is not None and cap.yearly is not None:
        known = (
            f" Avec le dernier montant lu, il serait de {euros(cap.monthly)} par mois "
            f"({euros(cap.yearly)} par an)."
        )
    return Finding(
        "plafond",
        State.A_CONFIRMER,
        f"{aid.montant}{given} : le plafond en vigueur n'est pas connu.{known}",
        cap.law,
        what_to_enter(aid.date),
        cap.basis.note,
    )


def _compared(aid: AideLocale, cap: Cap, over: bool, monthly: str, yearly: str) -> Finding:
    assert cap.monthly is not None and cap.yearly is not None  # `cap_finding` saw to it
    limit = f"{euros(cap.monthly)} par mois ({euros(cap.yearly)} par an)"
    what = f"{monthly} par mois ({yearly} par an)"
    if aid.montant is not None and aid.montant.period is not Period.MOIS:
        what = f"{aid.montant}, soit {what}"
    if aid.autres_donneurs:
        given = giver_words(aid.autres_donneurs)
        what = f"{aid.montant} et {given} : {what}, tous donneurs confondus"
    note = _MISREAD if aid.domaine is Domaine.INDEMNITE_STAGE else _SCOPE
    if not over:
        return Finding("plafond", State.CONFORME, f"{what} : sous le plafond de {limit}.", cap.law)
    allowed = allowed_monthly(aid, cap)
    action = f"Écrire {euros(allowed or 0)} par mois au plus."
    sentence = f"{what} : au-dessus du plafond de {limit}."
    if _is_outside_scope(aid):
        warned = f"{sentence} Le plafond lu ne vise que le troisième cycle."
        return Finding("plafond", State.AVERTISSEMENT, warned, cap.law, action, note)
    if aid.domaine is Domaine.INDEMNITE_ETUDE and aid.beneficiaire_cycle is None:
        asked = f"{sentence} Le cycle d'études n'est pas dit."
        action = f"{action[:-1]}, ou dire « beneficiaire.cycle » s'il n'est pas le troisième."
        if aid.beneficiaire_statut != _INTERN:
            return Finding("plafond", State.A_COMPLETER, asked, cap.law, action, note)
    return Finding("plafond", State.CONTRAIRE, sentence, cap.law, action, note)


def _is_outside_scope(aid: AideLocale) -> bool:
    if aid.domaine is not Domaine.INDEMNITE_ETUDE or aid.beneficiaire_cycle is None:
        return False
    return aid.beneficiaire_cycle not in law("etude.cycles_plafonnes", aid.date).value


# ── study indemnity ───────────────────────────────────────────────────────────────────────────


def study_findings(aid: AideLocale, values: Values) -> list[Finding]:
    """Return the findings of an indemnity that binds a student to a zone."""
    found = [_student(aid), _commitment(aid), cap_finding(aid, values), *_contract(aid)]
    return [*found, *_public_service(aid)]


def _student(aid: AideLocale) -> Finding:
    rule = law("etude.filieres", aid.date)
    told = aid.beneficiaire_filiere
    return judged(
        "bénéficiaire",
        None if told is None else told in rule.value,
        rule,
        aid.date,
        (
            f"Les étudiants et internes en {plain(told or '')} peuvent la recevoir.",
            "Cette indemnité n'est ouverte qu'aux étudiants et internes en médecine ou en "
            "odontologie.",
            "La filière du bénéficiaire n'est pas dite.",
        ),
        "Écrire : un étudiant ou un interne en médecine ou en odontologie.",
    )


def _commitment(aid: AideLocale) -> Finding:
    rule = law("etude.engagement_annees", aid.date)
    years = aid.engagement_annees
    return judged(
        "engagement",
        None if years is None else years >= rule.value,
        rule,
        aid.date,
        (
            f"{short(years or 0)} ans d'exercice promis, {rule.value} au moins.",
            f"{short(years or 0)} ans d'exercice promis : il en faut {rule.value} au moins.",
            "La durée d'exercice promise n'est pas dite.",
        ),
        f"Écrire : exercer au moins {rule.value} ans dans une zone sous-dense.",
    )


def _contract(aid: AideLocale) -> list[Finding]:
    rule = law("etude.clauses", aid.date)
    has_contract = None if aid.convention_parties is None else bool(aid.convention_parties)
    contract = judged(
        "contrat",
        has_contract,
        rule,
        aid.date,
        (
            "Un contrat lie l'étudiant et la collectivité.",
            "L'indemnité suppose un contrat.",
            "Le contrat n'est pas dit.",
        ),
        "Signer le contrat d'étude joint.",
    )
    informed = judged(
        "information de l'État",
        aid.clauses_information_etat,
        rule,
        aid.date,
        (
            "Les services de l'État sont informés du contrat.",
            "Les services de l'État doivent être informés du contrat.",
            "Il n'est pas dit si les services de l'État sont informés.",
        ),
        "Écrire : la collectivité informe du contrat le représentant de l'État.",
    )
    return [contract, _sanctions(aid), informed]


def _sanctions(aid: AideLocale) -> Finding:
    rule = law("etude.clauses", aid.date)
    told = aid.clauses_remboursement
    action = (
        "Écrire : remboursement total si le bénéficiaire ne s'installe pas à la date promise, "
        "partiel s'il exerce moins longtemps que promis."
    )
    if told == "total":
        return Finding(
            "remboursement",
            State.A_COMPLETER,
            "Le remboursement partiel d'un départ avant terme n'est pas prévu.",
            Law.of(rule, aid.date),
            action,
        )
    return judged(
        "remboursement",
        None if told is None else told == "total_ou_partiel",
        rule,
        aid.date,
        (
            "Remboursement total sans installation, partiel en cas de départ avant terme.",
            "Le remboursement total, sans installation à la date promise, n'est pas prévu.",
            "Les sanctions ne sont pas dites : le contrat doit les prévoir.",
        ),
        action,
    )


def _public_service(aid: AideLocale) -> list[Finding]:
    if not aid.beneficiaire_cesp:
        return []
    rule = law("cumuls.cesp_et_indemnite_etude", aid.date)
    return [
        Finding(
            "cumul avec le CESP",
            State.AVERTISSEMENT,
            "Aucun texte n'interdit ce cumul, mais il n'est pas recommandé : les deux engagements "
            "d'exercice peuvent être impossibles à tenir ensemble.",
            Law.of(rule, aid.date),
            "Conseiller à l'étudiant de choisir l'un des deux.",
        )
    ]
