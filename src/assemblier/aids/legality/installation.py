"""The aids to settle or to stay: form, convention, commitment, end and repayment."""

from assemblier.aids.legality.common import words
from assemblier.aids.legality.local_aid import AideLocale
from assemblier.aids.legality.opinion import Finding, Law, State, judged, law
from assemblier.aids.legality.wording import plain, short

_CENTRE, _LIBERAL = "centre_de_sante", "liberal"
_PARTIES = frozenset({"collectivite", "beneficiaire"})
_RECIPIENTS = frozenset({"ars", "assurance_maladie"})
_READINGS = (
    "Le guide de 2019 demande la signature de l'agence ; le texte en vigueur, une transmission à "
    "l'agence et aux organismes d'assurance maladie (X-40)."
)


def installation_findings(aid: AideLocale) -> list[Finding]:
    """Return the findings of an aid to settle or to stay."""
    return [
        _form(aid),
        _amount(aid),
        *_convention(aid),
        _commitment(aid),
        _end(aid),
        _repayment(aid),
    ]


def _form(aid: AideLocale) -> Finding:
    rule = law("installation.formes", aid.date)
    text = Law.of(rule, aid.date)
    known = ", ".join(plain(form) for form in rule.value)
    if aid.forme is None:
        asked = "La forme de l'aide n'est pas dite."
        return Finding("forme", State.A_COMPLETER, asked, text, f"Choisir : {known}.")
    if aid.forme not in rule.value:
        refused = "Cette forme d'aide n'est pas prévue par le décret."
        return Finding("forme", State.CONTRAIRE, refused, text, f"Choisir : {known}.")
    return _open_to(aid) or Finding(
        "forme",
        State.CONFORME,
        f"La forme est prévue : {plain(aid.forme)}.",
        text,
        note="Elle peut être subordonnée à un exercice en groupe ou pluriprofessionnel.",
    )


def _open_to(aid: AideLocale) -> Finding | None:
    """Return why the beneficiary cannot have this form, or None."""
    centre = law("installation.formes_centre_de_sante", aid.date)
    alone = law("installation.formes_reservees_au_liberal", aid.date)
    status = aid.beneficiaire_statut
    if status == _CENTRE and aid.forme not in centre.value:
        return Finding(
            "forme",
            State.CONTRAIRE,
            f"Un centre de santé ne peut pas recevoir : {plain(aid.forme or '')}.",
            Law.of(centre, aid.date),
            f"Choisir : {words(centre.value)}.",
        )
    if aid.forme in alone.value and status != _LIBERAL:
        text = Law.of(alone, aid.date)
        action = "Réserver cette prime aux professionnels libéraux."
        if status is None:
            asked = "Cette prime est réservée aux libéraux ; le statut n'est pas dit."
            return Finding("forme", State.A_COMPLETER, asked, text, action)
        refused = "La prime d'exercice forfaitaire est réservée aux professionnels libéraux."
        return Finding("forme", State.CONTRAIRE, refused, text, action)
    return None


def _amount(aid: AideLocale) -> Finding:
    text = Law.of(law("installation.formes", aid.date), aid.date)
    said = f"{aid.montant} : a" if aid.montant else "A"
    return Finding(
        "montant",
        State.CONFORME,
        f"{said}ucun plafond national n'est fixé pour cette aide.",
        text,
        note="Le droit européen des aides d'État n'est pas examiné.",
    )


def _convention(aid: AideLocale) -> list[Finding]:
    rule = law("installation.convention", aid.date)
    parties = aid.convention_parties
    base = judged(
        "convention",
        None if parties is None else parties >= _PARTIES,
        law("installation.clauses", aid.date),
        aid.date,
        (
            "Une convention est passée entre la collectivité et le bénéficiaire.",
            "L'aide suppose une convention entre la collectivité et le bénéficiaire.",
            "La convention n'est pas dite.",
        ),
        "Signer la convention jointe.",
    )
    if not parties:
        return [base]
    third = {"transmission": _transmitted, "agence": _agency, "assurance_maladie": _insurers}
    return [base, third[rule.value](aid, parties)]


def _agency(aid: AideLocale, parties: frozenset[str]) -> Finding:
    return judged(
        "agence régionale de santé",
        "ars" in parties,
        law("installation.convention", aid.date),
        aid.date,
        (
            "L'agence régionale de santé est partie à la convention.",
            "L'agence régionale de santé n'est pas partie à la convention.",
            "",
        ),
        "Ajouter l'agence régionale de santé parmi les signataires.",
        _READINGS,
    )


def _insurers(aid: AideLocale, parties: frozenset[str]) -> Finding:
    rule = law("installation.convention", aid.date)
    text = Law.of(rule, aid.date)
    if "assurance_maladie" in parties:
        said = "Les organismes d'assurance maladie sont parties à la convention."
        return Finding("organismes d'assurance maladie", State.CONFORME, said, text)
    return Finding(
        "organismes d'assurance maladie",
        State.A_CONFIRMER,
        "À cette date, la convention était aussi passée avec les organismes d'assurance maladie.",
        text,
        "Vérifier les signataires dans la version du texte à cette date.",
        _READINGS,
    )


def _transmitted(aid: AideLocale, parties: frozenset[str]) -> Finding:
    text = Law.of(law("installation.convention", aid.date), aid.date)
    told = (aid.convention_transmise_a or frozenset()) | (parties & _RECIPIENTS)
    missing = _RECIPIENTS - told
    if not missing:
        said = "La convention est transmise à l'agence et aux organismes d'assurance maladie."
        return Finding("transmission", State.CONFORME, said, text, note=_READINGS)
    return Finding(
        "transmission",
        State.A_COMPLETER,
        f"La transmission de la convention n'est pas prévue : {words(missing)}.",
        text,
        "Écrire : la convention est transmise à l'agence régionale de santé et aux organismes "
        "locaux d'assurance maladie.",
        _READINGS,
    )


def _commitment(aid: AideLocale) -> Finding:
    rule = law("engagement.installation_annees", aid.date)
    years = aid.engagement_annees
    return judged(
        "engagement",
        None if years is None else years >= rule.value,
        rule,
        aid.date,
        (
            f"{short(years or 0)} ans d'exercice effectif promis, {rule.value} au moins.",
            f"{short(years or 0)} ans d'exercice promis : il en faut {rule.value} au moins.",
            "La durée d'exercice promise n'est pas dite.",
        ),
        f"Écrire : exercer effectivement au moins {rule.value} ans dans la zone.",
    )


def _end(aid: AideLocale) -> Finding:
    return judged(
        "fin de l'aide",
        aid.clauses_fin_hors_zone,
        law("installation.clauses", aid.date),
        aid.date,
        (
            "L'aide prend fin si le bénéficiaire quitte la zone.",
            "L'aide doit prendre fin si le bénéficiaire quitte la zone.",
            "La fin de l'aide hors de la zone n'est pas dite.",
        ),
        "Écrire : l'aide prend fin si le bénéficiaire change de lieu d'installation hors de la "
        "zone.",
    )


def _repayment(aid: AideLocale) -> Finding:
    told = aid.clauses_remboursement
    return judged(
        "remboursement",
        None if told is None else told != "aucun",
        law("installation.clauses", aid.date),
        aid.date,
        (
            "Le remboursement, total ou partiel, est prévu.",
            "Le remboursement des aides perçues doit être prévu.",
            "Le remboursement n'est pas dit.",
        ),
        "Écrire : à défaut d'exercer la durée promise, le bénéficiaire rend tout ou partie de "
        "l'aide, au prorata du temps non exercé.",
    )
