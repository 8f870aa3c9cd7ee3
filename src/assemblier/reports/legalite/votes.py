"""The draft deliberation that votes an aid, and the charter between neighbours."""

from assemblier.aids.legality.cfe import deadline
from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.opinion import law
from assemblier.aids.legality.values import NOTHING, Values
from assemblier.aids.legality.wording import short
from assemblier.french import date_text
from assemblier.reports.legalite.conventions import having_regard, object_words
from assemblier.reports.legalite.corrections import amount_words, corrected_years, giver, zone_words
from assemblier.reports.legalite.draft import Draft, Line, bullet, heading, text
from assemblier.reports.zonage.decree import blank

_STAGE, _ETUDE, _CFE = Domaine.INDEMNITE_STAGE, Domaine.INDEMNITE_ETUDE, Domaine.EXONERATION_CFE
_INSTALLATION = Domaine.INSTALLATION


def deliberation(aid: AideLocale, values: Values = NOTHING) -> Draft:
    """Return the draft deliberation that votes an aid."""
    lines = _tax_lines(aid) if aid.domaine is _CFE else _vote_lines(aid, values)
    title = f"Délibération : {aid.domaine.label}"
    return Draft("deliberation", title, giver(aid), aid.date, tuple(lines))


def _vote_lines(aid: AideLocale, values: Values) -> list[Line]:
    years = corrected_years(aid)
    promise = f", contre un exercice d'au moins {short(years)} ans" if years else ""
    annex = "le contrat annexé" if aid.domaine is _ETUDE else "la convention annexée"
    zone = "" if aid.domaine is Domaine.PERMANENCE_DES_SOINS else f" dans {zone_words(aid)}"
    return [
        *having_regard(aid)[:-1],
        text(f"Considérant {blank('besoin constaté : habitants, médecins, APL, date, source')} ;"),
        text(f"Considérant la concertation avec {blank('collectivités voisines')} ;"),
        text(f"Le {blank('conseil')}, après en avoir délibéré, décide :"),
        heading("Article 1"),
        text(f"Il est créé une {_feminine(aid)}, de {amount_words(aid, values)}{promise}{zone}."),
        heading("Article 2"),
        text(
            f"{annex.capitalize()} fixe ses conditions. {blank('exécutif')} est autorisé à signer."
        ),
        heading("Article 3"),
        text(f"Les crédits sont inscrits au chapitre {blank('chapitre')} du budget."),
        text(f"Voté le {blank('date')} : {blank('voix pour, contre, abstentions')}."),
        text(blank("signature")),
    ]


def _feminine(aid: AideLocale) -> str:
    if aid.domaine is _INSTALLATION:
        return f"aide à l'installation ou au maintien ({object_words(aid)})"
    return aid.domaine.label


def _tax_lines(aid: AideLocale) -> list[Line]:
    least, most = law("cfe.duree_annees", aid.date).value
    told = aid.deliberation_duree_annees
    years = str(told) if told and least <= told <= most else blank(f"durée, de {least} à {most}")
    first = str(aid.deliberation_exercice) if aid.deliberation_exercice else blank("première année")
    limit = deadline(aid)
    when = date_text(limit) if limit else "1er octobre de l'année précédente"
    rural = law("cfe.zonage_rural", aid.date).value
    size = law("cfe.population", aid.date).value
    return [
        text("Vu l'article 1464 D du code général des impôts ;"),
        text("Vu l'article L. 1434-4 du code de la santé publique et le zonage : "
             f"{aid.zone_acte or blank('arrêté de zonage de l’agence et sa date')} ;"),
        text(f"Le {blank('conseil')}, après en avoir délibéré, décide :"),
        heading("Article 1"),
        text("Sont exonérés de cotisation foncière des entreprises les médecins et les auxiliaires "
             "médicaux qui, exerçant à titre libéral, s'établissent ou se regroupent sur un site "
             "distinct de leur résidence professionnelle habituelle, situé :"),
        bullet(f"dans une commune de moins de {_thousands(size)} habitants ;"),
        bullet(f"ou dans une commune classée en {rural} ;"),
        bullet("ou dans une zone d'intervention prioritaire ou d'action complémentaire."),
        heading("Article 2"),
        text(f"L'exonération dure {years} ans, à compter de {first}. La présente délibération est "
             f"générale ; elle est prise avant le {when}."),
        heading("Article 3"),
        text("Cette exonération, décidée par la collectivité, n'est pas compensée par l'État. Son "
             f"coût est estimé à {blank('montant par an')}."),
        text(f"Voté le {blank('date')} : {blank('voix pour, contre, abstentions')}."),
        text(blank("signature")),
    ]  # fmt: skip


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def charter(aid: AideLocale) -> Draft:
    """Return the draft charter by which neighbours promise not to compete."""
    lines = [
        text(f"Les communes et groupements signataires : {blank('liste des signataires')},"),
        text("considérant que le versement d'aides à l'installation fait courir le risque d'une "
             "concurrence entre collectivités et d'une surenchère coûteuse pour l'argent public, "
             "sans plus-value pour les patients, conviennent de ce qui suit."),
        heading("Article 1. Pas de concurrence"),
        text("Chaque signataire s'interdit de démarcher un professionnel installé, ou en cours "
             "d'installation, chez un autre signataire ou dans un village avoisinant."),
        heading("Article 2. Pas d'avantage financier direct, pas de surenchère"),
        text("Chaque signataire s'interdit de procurer un avantage financier direct à un candidat "
             "à l'installation, et de surenchérir sur l'aide qu'un autre lui propose."),
        heading("Article 3. Concertation"),
        text("Les signataires s'informent de chaque contact, harmonisent leurs aides, et portent "
             "leurs projets au niveau intercommunal ou départemental quand ils le peuvent."),
        heading("Article 4. Durée"),
        text(f"La charte vaut pour {blank('durée')}. Elle est ouverte à d'autres signataires."),
        text(f"Fait à {blank('ville')}, le {blank('date')}."),
        text(blank("signatures")),
    ]  # fmt: skip
    return Draft("charte", "Charte de non-concurrence entre collectivités", giver(aid), aid.date,
                 tuple(lines), "Modèle inspiré de la charte de trois communes de la métropole "
                 f"d'Orléans (2018), à compléter. Établi le {date_text(aid.date)}.")  # fmt: skip
