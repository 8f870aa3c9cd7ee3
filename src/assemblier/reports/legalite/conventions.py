"""The draft convention of an aid, and the draft contract of a study indemnity."""

from fractions import Fraction

from assemblier.aids.legality.caps import cap_of
from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.opinion import law
from assemblier.aids.legality.values import NOTHING, Values
from assemblier.aids.legality.wording import plain, short
from assemblier.aids.words import euros, listed
from assemblier.reports.legalite.corrections import (
    amount_words,
    cap_words,
    corrected_years,
    giver,
    zone_words,
)
from assemblier.reports.legalite.draft import Draft, Line, bullet, heading, text
from assemblier.reports.zonage.decree import blank

CODE = "code général des collectivités territoriales"
_STAGE, _ETUDE, _CFE = Domaine.INDEMNITE_STAGE, Domaine.INDEMNITE_ETUDE, Domaine.EXONERATION_CFE
_INSTALLATION = Domaine.INSTALLATION


def convention(aid: AideLocale, values: Values = NOTHING) -> Draft:
    """Return the draft convention of an aid."""
    lines = [
        *_between(aid),
        *having_regard(aid),
        heading("Article 1. Objet"),
        text(
            f"La présente convention fixe les conditions de l'aide suivante : {object_words(aid)}."
        ),
        heading("Article 2. Montant et versement"),
        *_amount_lines(aid, values),
    ]
    if aid.domaine is _INSTALLATION:
        lines += _installation_articles(aid)
    elif aid.domaine is _STAGE:
        lines += _stage_articles(aid)
    lines += _last_articles(aid)
    return Draft("convention", f"Convention : {aid.domaine.label}", giver(aid), aid.date,
                 tuple(lines))  # fmt: skip


def _between(aid: AideLocale) -> list[Line]:
    lines = [
        text("Entre les soussignés :"),
        bullet(f"{giver(aid)}, représentée par {blank('nom et qualité')} ;"),
        bullet(f"{blank('nom du bénéficiaire')}, {_beneficiary(aid)}, ci-après le bénéficiaire ;"),
    ]
    if aid.domaine is _INSTALLATION:
        reading = law("installation.convention", aid.date).value
        third = {"agence": "l'agence régionale de santé",
                 "assurance_maladie": "les organismes locaux d'assurance maladie"}  # fmt: skip
        if reading in third:
            lines.append(bullet(f"{third[reading]}, représentée par {blank('nom et qualité')} ;"))
    return lines


def _beneficiary(aid: AideLocale) -> str:
    if aid.domaine is _STAGE:
        return "étudiant de troisième cycle de médecine générale"
    if aid.domaine is _ETUDE:
        filiere = plain(aid.beneficiaire_filiere) if aid.beneficiaire_filiere else blank("filière")
        return f"étudiant ou interne en {filiere}"
    if aid.beneficiaire_statut == "centre_de_sante":
        return "gestionnaire du centre de santé"
    return blank("profession et numéro d'inscription à l'ordre")


def having_regard(aid: AideLocale) -> list[Line]:
    """Return the texts a draft rests on."""
    articles = {
        _INSTALLATION: "L. 1511-8, R. 1511-44 et R. 1511-45",
        _STAGE: "L. 1511-8, D. 1511-52 et D. 1511-53",
        _ETUDE: "L. 1511-8, D. 1511-54, D. 1511-55 et D. 1511-56",
    }
    lines = [
        text(f"Vu le {CODE}, notamment ses articles {articles.get(aid.domaine, 'L. 1511-8')} ;")
    ]
    if aid.domaine is not Domaine.PERMANENCE_DES_SOINS:
        act = aid.zone_acte or blank("arrêté de zonage de l'agence et sa date")
        lines.append(text("Vu l'article L. 1434-4 du code de la santé publique ;"))
        lines.append(text(f"Vu le zonage : {act} ;"))
    lines.append(text(f"Vu la délibération du {blank('date')} ;"))
    return lines


def object_words(aid: AideLocale) -> str:
    """Write what is given, or a blank where the form is not one of the decree."""
    if aid.domaine is _INSTALLATION:
        forms = law("installation.formes", aid.date).value
        if aid.forme is not None and aid.forme in forms:
            return plain(aid.forme)
        return blank("forme prévue à l'article R. 1511-44")
    return aid.domaine.label


def _amount_lines(aid: AideLocale, values: Values) -> list[Line]:
    lines = [
        text(
            f"L'aide s'élève à {amount_words(aid, values)}. Elle est versée {blank('calendrier')}."
        )
    ]
    cap = cap_of(aid.domaine, aid.date, values)
    if cap is None:
        return lines
    limit = cap_words(aid)
    if cap.is_sure and cap.monthly is not None and cap.yearly is not None:
        limit = f"{euros(cap.monthly)} bruts par mois, {euros(cap.yearly)} par an ({limit})"
    lines.append(
        text(f"Ce montant, ajouté à ce que versent d'autres collectivités, ne dépasse pas {limit}.")
    )
    others = listed([f"{one.nom} ({one.montant})" for one in aid.autres_donneurs])
    told = others or blank("autres collectivités et montants, ou « aucune »")
    lines.append(
        text(f"Le bénéficiaire déclare recevoir aussi : {told}. Il signale tout changement.")
    )
    return lines


def _installation_articles(aid: AideLocale) -> list[Line]:
    years = corrected_years(aid) or Fraction(0)
    return [
        heading("Article 3. Engagement"),
        text(
            f"Le bénéficiaire s'engage à exercer effectivement pendant au moins {short(years)} ans "
            f"dans {zone_words(aid)}."
        ),
        heading("Article 4. Fin de l'aide"),
        text(
            "L'aide prend fin si le bénéficiaire cesse son activité, ou change de lieu "
            "d'installation hors d'une zone mentionnée à l'article 3."
        ),
        heading("Article 5. Remboursement"),
        text(
            "Si l'engagement de l'article 3 n'est pas tenu, le bénéficiaire rend l'aide : en "
            "totalité s'il ne s'est pas installé, sinon au prorata du temps d'engagement non "
            f"exercé, dans un délai de {blank('délai')}."
        ),
    ]


def _stage_articles(aid: AideLocale) -> list[Line]:
    return [
        heading("Article 3. Stage"),
        text(
            f"L'indemnité est versée pendant le stage accompli du {blank('date')} au "
            f"{blank('date')} chez {blank('maître de stage ou structure')}, dans {zone_words(aid)}."
        ),
        heading("Article 4. Logement"),
        text(
            "L'indemnité n'est pas due à qui dispose d'un logement mis à disposition gratuitement. "
            "Le bénéficiaire atteste qu'il n'est pas logé gratuitement."
        ),
        heading("Article 5. Fin de l'indemnité"),
        text(
            "L'indemnité prend fin avec le stage. Les sommes versées pour une période où une "
            "condition n'était plus remplie sont rendues."
        ),
    ]


def _last_articles(aid: AideLocale) -> list[Line]:
    lines: list[Line] = []
    if aid.domaine is _INSTALLATION:
        lines = [
            heading("Article 6. Transmission"),
            text(
                "La présente convention est transmise à l'agence régionale de santé et aux "
                "organismes locaux d'assurance maladie."
            ),
        ]
    return [
        *lines,
        heading("Différends"),
        text(f"Un différend est porté devant le tribunal administratif de {blank('ville')}."),
        text(f"Fait à {blank('ville')}, le {blank('date')}, en {blank('nombre')} exemplaires."),
        text(blank("signatures")),
    ]


def contract(aid: AideLocale, values: Values = NOTHING) -> Draft:
    """Return the draft contract of a study indemnity."""
    years = corrected_years(aid) or Fraction(0)
    lines = [
        *_between(aid),
        *having_regard(aid),
        heading("Article 1. Objet"),
        text("La collectivité verse au bénéficiaire une indemnité d'étude et de projet "
             "professionnel."),
        heading("Article 2. Montant et versement"),
        *_amount_lines(aid, values),
        heading("Article 3. Engagement"),
        text(
            f"Le bénéficiaire s'engage à exercer pendant au moins {short(years)} ans dans "
            f"{zone_words(aid)}. Il s'installe au plus tard le {blank('date')}."
        ),
        heading("Article 4. Sanctions"),
        bullet("S'il n'est pas installé à la date de l'article 3 dans une zone mentionnée à cet "
               "article, il rembourse la totalité de l'indemnité."),
        bullet(f"S'il exerce moins de {short(years)} ans, il en rembourse une partie, au prorata "
               "du temps d'engagement non exercé."),
        heading("Article 5. Information de l'État"),
        text("La collectivité informe du présent contrat le représentant de l'État et l'agence "
             "régionale de santé."),
        heading("Article 6. Autres engagements"),
        text("Le bénéficiaire déclare s'il a signé un contrat d'engagement de service public : ce "
             "cumul n'est pas recommandé, les deux obligations pouvant être impossibles à tenir "
             f"ensemble. Il déclare : {blank('oui ou non')}."),
        *_last_articles(aid),
    ]  # fmt: skip
    return Draft("contrat-etude", "Contrat d'indemnité d'étude et de projet professionnel",
                 giver(aid), aid.date, tuple(lines))  # fmt: skip
