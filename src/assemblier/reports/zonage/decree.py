"""The draft of the order of an agency, to finish in a word processor: blanks are seen."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assemblier.diagnosis.zonage import Study
from assemblier.french import date_text, french_spaces, number
from assemblier.parameters import value
from assemblier.reports import word as pieces
from assemblier.reports.packing import steady_archive, xml_text
from assemblier.reports.typography import percent
from assemblier.territory import index
from assemblier.zoning.classes import Zonage
from assemblier.zoning.doctors import Decision, Origin, Simulation
from assemblier.zoning.rules import short

if TYPE_CHECKING:
    from docx.document import Document as Word

OPEN, CLOSE = "[à compléter : ", "]"
"""What stands around a blank."""
_NAMED_ZONES = (Zonage.ZIP, Zonage.ZAC, Zonage.ZV)


def blank(what: str) -> str:
    """Return a blank of the draft: what a person must write there."""
    return f"{OPEN}{what}{CLOSE}"


def moment_of(day: dt.date) -> dt.datetime:
    """Return the first moment of a day, as Word files are dated."""
    return dt.datetime(day.year, day.month, day.day)


def decree(study: Study, simulation: Simulation) -> bytes:
    """Return the draft order of a simulated zoning, with its annexes, as a Word file.

    Always true
    -----------
    Every commune of a territory in ZIP or ZAC stands in an annex.

    Raises
    ------
    ValueError
        When the texts refuse the zoning: there is nothing to sign.
    """
    if simulation.refusals:
        raise ValueError("un zonage que les textes refusent n'a pas de projet d'arrêté")
    writer = _Writer(study, simulation)
    writer.head()
    writer.visas()
    writer.articles()
    writer.annexes()
    packed = io.BytesIO()
    writer.word.save(packed)
    return steady_archive(packed.getvalue(), moment_of(study.on))


class _Writer:
    """Writes the draft from top to bottom."""

    def __init__(self, study: Study, simulation: Simulation) -> None:
        self.word: Word = pieces.new_word(False)
        self.word.styles["Heading 1"].paragraph_format.page_break_before = False
        self._study, self._simulation = study, simulation
        self._headings = 0

    def _text(self, text: str, style: str = "Normal", bold: bool = False) -> None:
        """Add a paragraph whose blanks are highlighted."""
        from docx.enum.text import WD_COLOR_INDEX

        paragraph = self.word.add_paragraph(style=self.word.styles[style])
        rest = french_spaces(text)
        opening, closing = french_spaces(OPEN.rstrip()), CLOSE
        while rest:
            before, found, after = rest.partition(opening)
            if before:
                paragraph.add_run(xml_text(before)).bold = bold or None
            if not found:
                break
            inside, _, rest = after.partition(closing)
            run = paragraph.add_run(xml_text(f"{opening}{inside}{closing}"))
            run.bold, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW

    def _heading(self, title: str, page: bool | None = None) -> None:
        self._headings += 1
        pieces.add_heading(self.word, french_spaces(title), 1, self._headings, page)

    def head(self) -> None:
        """Write the title, and that it is a draft."""
        region = self._study.region
        title = "Projet d'arrêté : zonage des médecins"
        moment = self._study.on
        properties = self.word.core_properties
        properties.title, properties.author = xml_text(title), "Assemblier"
        properties.last_modified_by, properties.language = "Assemblier", "fr-FR"
        properties.comments = ""
        properties.created = properties.modified = moment_of(moment)
        pieces.add_text(self.word, french_spaces(title), "Title")
        pieces.add_text(self.word, f"{region.nom} · {date_text(moment)}", "Subtitle")
        pieces.add_footer(
            self.word, french_spaces(f"{title} · {region.nom} · sans valeur juridique")
        )
        pieces.add_mention(
            self.word,
            "Projet",
            french_spaces(
                "Simulation sans valeur juridique, à relire et à compléter : les blancs sont "
                "surlignés."
            ),
            pieces.FINDING,
        )
        if not self._study.partition.is_official:
            pieces.add_mention(
                self.word,
                "À vérifier",
                french_spaces(
                    "La composition officielle des territoires de vie-santé est absente : les "
                    "territoires sont des bassins de vie, que l'arrêté ne peut pas nommer."
                ),
                pieces.FINDING,
            )

        left = len(self._study.case.unclassed)
        if left:
            pieces.add_mention(
                self.word,
                "À compléter",
                french_spaces(
                    f"{number(left)} {self._study.partition.label} n'ont pas d'APL : l'annexe 7 "
                    "les nomme, leur classe est à écrire avant signature."
                ),
                pieces.FINDING,
            )

    def visas(self) -> None:
        """Write the number, the object, who signs, and the texts."""
        place = self._study.region.charniere or self._study.region.nom
        self._text(
            f"Arrêté n° {blank('numéro')} du {blank('date')} relatif à la détermination des zones "
            "caractérisées par une offre de soins insuffisante ou par des difficultés dans l'accès "
            "aux soins concernant la profession de médecin",
            bold=True,
        )
        signer = blank("le directeur général ou la directrice générale")
        self._text(f"{signer} de l'agence régionale de santé {place},")
        months = value("zonage.medecin.consultation_mois", self._study.on)
        for text in (
            "Vu le code de la santé publique, notamment ses articles L. 1434-4 et R. 1434-41 à "
            "R. 1434-43 ;",
            "Vu l'arrêté du 13 novembre 2017 relatif à la méthodologie applicable à la profession "
            f"de médecin, dans sa rédaction {blank('version en vigueur')} ;",
            f"Vu les valeurs de l'accessibilité potentielle localisée ({self._study.apl.label}, "
            f"{self._study.apl.source.producer}) ;",
            f"Vu l'avis de la conférence régionale de la santé et de l'autonomie du "
            f"{blank('date')} ({number(months)} mois lui sont laissés) ;",
            f"Vu l'avis de l'union régionale des professionnels de santé compétente pour les "
            f"médecins du {blank('date')} ;",
        ):
            self._text(text)
        self._text("Arrête :", bold=True)

    def articles(self) -> None:
        """Write the articles: zones, quarters, shares, entry into force, revision."""
        shares = self._simulation.shares()
        years = value("zonage.medecin.revision_annees", self._study.on)
        rules = self._simulation.case.rules

        def share(zone: Zonage) -> str:
            return percent(100 * shares[zone])

        articles = [
            f"Les zones d'intervention prioritaire sont les territoires de l'annexe 1 : ceux dont "
            f"l'accessibilité potentielle localisée ne dépasse pas {short(rules.zip_le)}, "
            f"et ceux que l'agence choisit. Elles réunissent {share(Zonage.ZIP)} de la population "
            "régionale.",
            "Les zones d'action complémentaire sont les territoires de l'annexe 2. Elles "
            f"réunissent {share(Zonage.ZAC)} de la population régionale.",
            f"Les zones de vigilance sont les territoires de l'annexe 3 "
            f"({share(Zonage.ZV)} de la population régionale). Elles n'ouvrent pas d'aide.",
            "Les quartiers prioritaires de la politique de la ville classés autrement que leur "
            "territoire sont ceux de l'annexe 4.",
            f"L'arrêté {blank('référence du zonage précédent')} est abrogé.",
            f"Le présent arrêté entre en vigueur le {blank('date')}. Il est révisé dans un délai "
            f"de {number(years)} ans au plus.",
            f"Il peut être contesté devant le tribunal administratif de {blank('ville')} dans les "
            "deux mois de sa publication.",
            f"{blank('qui est chargé de l’exécution')} est chargé de son exécution. Il est publié "
            f"au recueil des actes administratifs de {blank('préfecture')}.",
        ]
        for rank, text in enumerate(articles, start=1):
            self._text(f"Article {rank}", "Heading 2")
            self._text(text)
        self._text(f"Fait à {blank('ville')}, le {blank('date')}")
        self._text(blank("signature"))

    def annexes(self) -> None:
        """Write the lists: territories and communes by zone, quarters, reasons, ceilings."""
        for rank, zone in enumerate(_NAMED_ZONES, start=1):
            self._heading(f"Annexe {rank} : {zone.label}", page=True)
            self._zone_table(zone)
        self._heading("Annexe 4 : quartiers prioritaires", page=False)
        self._quarters()
        self._heading("Annexe 5 : motifs des choix et des adaptations", page=False)
        self._reasons()
        self._heading("Annexe 6 : plafonds de population", page=False)
        self._ceilings()
        if self._simulation.case.unclassed:
            self._heading("Annexe 7 : territoires à classer avant signature", page=False)
            self._left_out()

    def _zone_table(self, zone: Zonage) -> None:
        region = self._study.case.region
        inside = set(self._study.region.codes)
        rows_of = index()
        rows = []
        for one in self._simulation.decisions:
            if one.zone is zone:
                codes = [code for code in one.unit.communes if code in inside]
                names = rows_of.nom[rows_of.positions(codes)].tolist()
                listed = ", ".join(
                    f"{name} ({code})" for name, code in zip(names, codes, strict=True)
                )
                people = number(one.unit.population.get(region, 0.0))
                rows.append((one.unit.code, one.unit.nom, people, listed))
        self._table(
            ("Code", "Territoire", "Habitants", "Communes de la région"),
            (False, False, True, False),
            rows,
            (0.09, 0.18, 0.11, 0.62),
        )

    def _quarters(self) -> None:
        case = self._simulation.case
        reasons = {one.target: one.reason for one in case.choices}
        rows = [
            (one.code, one.nom, self._simulation.quarters[one.code].value, reasons[one.code])
            for one in case.quartiers
            if one.code in self._simulation.quarters
        ]
        self._table(
            ("Code", "Quartier", "Zone", "Motif"), (False,) * 4, rows, (0.15, 0.3, 0.1, 0.45)
        )

    def _reasons(self) -> None:
        self._text(blank("motif de l'agence pour chaque classe que le logiciel propose"))
        rows = [
            (one.unit.nom, one.zone.value, one.sentence)
            for one in self._simulation.decisions
            if one.origin in (Origin.CHOIX, Origin.ADAPTATION) or _needs_reason(one)
        ]
        self._table(("Territoire", "Zone", "Motif"), (False,) * 3, rows, (0.22, 0.08, 0.7))

    def _ceilings(self) -> None:
        rows = [
            (
                gauge.name,
                number(gauge.inhabitants),
                percent(100 * gauge.share),
                "" if gauge.ceiling_share is None else percent(100 * gauge.ceiling_share),
            )
            for gauge in self._simulation.gauges
        ]
        headers = ("Zone", "Habitants", "Part", "Plafond")
        self._table(headers, (False, True, True, True), rows, (0.4, 0.2, 0.2, 0.2))
        ceilings = self._simulation.case.ceilings
        if ceilings.is_to_replace:
            self._text(f"{blank('plafonds du texte en vigueur')} {ceilings.to_replace}")
        else:
            pieces.add_text(
                self.word, french_spaces(f"Plafonds : {ceilings.basis}"), pieces.MENTION
            )

    def _left_out(self) -> None:
        """Write the territories that have no class yet, each with its blank."""
        self._text("Leur accessibilité potentielle localisée est inconnue.")
        for unit in self._simulation.case.unclassed:
            self._text(f"{unit.code} {unit.nom} : {blank('classe, ou hors zonage')}")

    def _table(
        self,
        headers: Sequence[str],
        numbers: Sequence[bool],
        rows: Sequence[Sequence[str]],
        shares: Sequence[float],
    ) -> None:
        if rows:
            told = [[french_spaces(cell) for cell in row] for row in rows]
            pieces.add_table(self.word, headers, numbers, told, shares)
        else:
            self._text("Néant.")


def _needs_reason(decision: Decision) -> bool:
    """Whether a proposal of the pool is to be motivated by the agency."""
    return decision.origin is Origin.PROPOSITION
