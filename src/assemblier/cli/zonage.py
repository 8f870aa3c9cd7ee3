"""`assemblier zonage`: zones at a date, simulated, compared, in five levels."""

import datetime as dt
from pathlib import Path

import click

from assemblier.cli.options import DAY

EPILOGUE = """\b
Exemples :
  assemblier zonage departement:43 --date 22/11/2026
  assemblier zonage region:84 --profession infirmier -o zonage.xlsx
  assemblier zonage feuille plafonds -o plafonds.csv
  assemblier zonage simuler region:84 -o zonage-84
  assemblier zonage comparer aura-2018 aura-2022
"""
PROFESSIONS = (
    "medecin_generaliste",
    "infirmier",
    "masseur_kinesitherapeute",
    "sage_femme",
    "orthophoniste",
    "chirurgien_dentiste",
)
SHEETS = (
    "actes", "zones", "plafonds", "choix", "indicateurs", "qpv", "composition", "apl", "niveaux",
    "echanges", "parts",
)  # fmt: skip
FILE = click.Path(path_type=Path)
REFUSED = 1


class DefaultGroup(click.Group):
    """A group whose first word may be a territory: it is then « consulter »."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the default command where none is written."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["consulter", *args]
        return super().parse_args(ctx, args)


PROFESSION = click.option(
    "--profession",
    type=click.Choice(PROFESSIONS),
    default=PROFESSIONS[0],
    show_default=True,
    help="La profession zonée.",
)
ON = click.option(
    "--date",
    "on",
    type=DAY,
    metavar="JOUR",
    help="Le jour dont la zone ou les textes valent. [par défaut : aujourd'hui]",
)
ACTS = click.option(
    "--actes",
    type=FILE,
    metavar="FICHIER",
    help="Le registre des actes (voir « zonage feuille actes »). "
    "[par défaut : actes/actes.csv du dossier des données]",
)


@click.group(
    "zonage",
    cls=DefaultGroup,
    short_help="Les zones : à une date, simulées, comparées.",
    epilog=EPILOGUE,
    subcommand_metavar="TERRITOIRE | COMMANDE [ARGUMENTS]...",
)
def command() -> None:
    """Dire la zone des communes à une date, ou simuler un zonage.

    « assemblier zonage TERRITOIRE » consulte les actes connus : hors de leurs dates, la zone est
    demandée, jamais devinée.
    """


@command.command("consulter", short_help="La zone des communes à une date (commande par défaut).")
@click.argument("perimetre", metavar="TERRITOIRE")
@PROFESSION
@ON
@ACTS
@click.option("--quartier", metavar="CODE", help="Un quartier prioritaire (QP…) de la commune.")
@click.option("-o", "--fichier", type=FILE, metavar="FICHIER", help="Fichier ou dossier à écrire.")
def consult(
    perimetre: str,
    profession: str,
    on: dt.date | None,
    actes: Path | None,
    quartier: str | None,
    fichier: Path | None,
) -> int:
    """Dire la zone de chaque commune d'un territoire à une date, et l'acte qui la fixe.

    TERRITOIRE peut être une adresse : "12 rue du Mail, 43170 Saugues". Avec --quartier, la zone
    est celle du quartier prioritaire de cette commune.
    """
    from assemblier import territory
    from assemblier.cli.zonage_text import lookup_text, quarter_text, write
    from assemblier.diagnosis.zonage import register
    from assemblier.diagnosis.zonings import undated_zones
    from assemblier.reports.zonage.lookup import lookup, lookup_document
    from assemblier.sources.store import Store
    from assemblier.zoning.addresses import commune_of_address, is_address

    store, day = Store(), on or dt.date.today()
    address = is_address(perimetre)
    perimeter = territory.parse(
        f"commune:{commune_of_address(perimetre)}" if address else perimetre
    )
    if quartier:
        told, is_known = quarter_text(quartier, perimeter, day, register(actes, store))
        click.echo(told)
        return 0 if is_known else REFUSED
    listed = undated_zones(perimeter.codes, profession)
    found = lookup(perimeter, profession, day, register(actes, store), listed)
    click.echo(lookup_text(found))
    if fichier:
        click.echo(write(lookup_document(found), fichier))
    return 0 if found.zones else REFUSED


@command.command("simuler", short_help="Simuler le zonage des médecins d'une région.")
@click.argument("region", metavar="REGION")
@ON
@click.option("--plafonds", type=FILE, metavar="FICHIER", help="Les plafonds de la région.")
@click.option("--choix", type=FILE, metavar="FICHIER", help="Les choix de l'agence, motivés.")
@click.option("--indicateurs", type=FILE, metavar="FICHIER", help="Pour ranger le vivier.")
@click.option("--qpv", type=FILE, metavar="FICHIER", help="Les quartiers prioritaires.")
@click.option("--composition", type=FILE, metavar="FICHIER", help="Les territoires de vie-santé.")
@click.option(
    "--apl", type=FILE, metavar="FICHIER", help="Une autre APL par commune : scénario, départs…"
)
@click.option(
    "--age",
    type=click.Choice(("65", "62", "60")),
    default="65",
    show_default=True,
    help="Anticiper : ne compter que les médecins de cet âge et moins.",
)
@click.option(
    "--projection",
    "projections",
    multiple=True,
    metavar="ANNEES=FICHIER",
    help="L'APL par commune dans 3, 5 ou 10 ans, pour la liste des territoires à risque.",
)
@click.option(
    "--partielle",
    is_flag=True,
    help="Classer les seuls territoires dont l'APL est connue ; le titre le dit.",
)
@click.option("--seuil-zip", type=float, metavar="APL", help="Essayer un autre seuil que 2,5.")
@click.option("--seuil-vivier", type=float, metavar="APL", help="Essayer un autre seuil que 4.")
@click.option("--avis", default="", metavar="TEXTE", help="L'argument joint à d'autres seuils.")
@click.option(
    "-o",
    "--dossier",
    type=FILE,
    metavar="DOSSIER",
    help="Où écrire. [par défaut : sorties/zonage-…]",
)
def simulate_(
    region: str,
    on: dt.date | None,
    plafonds: Path | None,
    choix: Path | None,
    indicateurs: Path | None,
    qpv: Path | None,
    composition: Path | None,
    apl: Path | None,
    age: str,
    projections: tuple[str, ...],
    partielle: bool,
    seuil_zip: float | None,
    seuil_vivier: float | None,
    avis: str,
    dossier: Path | None,
) -> int:
    """Classer les territoires d'une région : ZIP d'office, vivier, ZAC, vigilance, hors vivier.

    Chaque classe est expliquée ; les jauges disent la population utilisée ; un projet d'arrêté à
    compléter est joint quand rien n'est refusé et que seuils et médecins sont ceux des textes.
    """
    from assemblier.cli.zonage_text import read_projections, run_simulation
    from assemblier.diagnosis.zonage import Sheets

    sheets = Sheets(plafonds, choix, indicateurs, qpv, composition, apl, partielle, int(age))
    thresholds = (seuil_zip, seuil_vivier)
    refused = run_simulation(
        region,
        on or dt.date.today(),
        sheets,
        thresholds,
        avis,
        read_projections(projections),
        dossier,
    )
    return REFUSED if refused else 0


@command.command("comparer", short_help="Comparer deux zonages.")
@click.argument("ancien", metavar="ANCIEN")
@click.argument("nouveau", metavar="NOUVEAU")
@PROFESSION
@ON
@ACTS
@click.option("-o", "--fichier", type=FILE, metavar="FICHIER", help="Fichier ou dossier à écrire.")
def compare_(
    ancien: str,
    nouveau: str,
    profession: str,
    on: dt.date | None,
    actes: Path | None,
    fichier: Path | None,
) -> None:
    """Dire quelles communes et combien d'habitants changent de zone, et ce que cela ouvre ou ferme.

    ANCIEN et NOUVEAU : la clé d'un acte du registre, ou un fichier « code;zone ».
    """
    from assemblier.cli.zonage_text import comparison_text, sides, write
    from assemblier.diagnosis.zonage import inhabitants, register
    from assemblier.reports.zonage import comparison_document
    from assemblier.sources.store import Store
    from assemblier.zoning.comparison import compare, quarter_moves

    known = register(actes, Store())
    before, after = sides((ancien, nouveau), profession, known)
    found = compare(before.zones, after.zones, inhabitants())
    quarters = quarter_moves(before.quarters, after.quarters)
    day = on or dt.date.today()
    document = comparison_document(found, (ancien, nouveau), profession, day, quarters)
    click.echo(comparison_text(document))
    if fichier:
        click.echo(write(document, fichier))


@command.command("niveaux", short_help="Classer une autre profession en cinq niveaux.")
@click.argument("profession", type=click.Choice(PROFESSIONS[1:]), metavar="PROFESSION")
@click.argument("fichier", type=FILE, metavar="[FICHIER]", required=False)
@click.option("--echanges", type=FILE, metavar="FICHIER", help="Les échanges d'une agence.")
@click.option("--maxima", is_flag=True, help="Par les maxima imprimés, non par les parts.")
@click.option("--parts", type=FILE, metavar="FICHIER", help="Les parts que les textes lus taisent.")
@ON
@click.option("-o", "--sortie", type=FILE, metavar="FICHIER", help="Fichier ou dossier à écrire.")
def levels_(
    profession: str,
    fichier: Path | None,
    echanges: Path | None,
    maxima: bool,
    parts: Path | None,
    on: dt.date | None,
    sortie: Path | None,
) -> int:
    """Classer les zones de la France en cinq niveaux, de la moins à la plus dotée.

    Sans FICHIER, les zones viennent des tables importées (APL de la profession, composition) ;
    sinon d'un fichier « code;nom;region;indicateur;population ».

    PROFESSION : infirmier, masseur_kinesitherapeute, sage_femme, orthophoniste ou
    chirurgien_dentiste.
    """
    from assemblier.cli.zonage_text import levels_text, write
    from assemblier.diagnosis.zonage_files import read_levels, read_shares, read_swaps
    from assemblier.diagnosis.zonage_levels import LevelGround, level_ground
    from assemblier.reports.zonage import levels_document
    from assemblier.sources.store import Store
    from assemblier.zoning.five_levels import by_maxima, five_levels, swap_refusals

    day = on or dt.date.today()
    ground = (
        LevelGround(read_levels(fichier), (), (f"Zones du fichier {fichier.name}.",), ())
        if fichier
        else level_ground(profession, Store(), is_whole=not maxima)
    )
    given = read_shares(parts) if parts else None
    found = (
        by_maxima(profession, ground.zones, day)
        if maxima
        else five_levels(profession, ground.zones, day, given)
    )
    swaps = read_swaps(echanges) if echanges else ()
    refused = swap_refusals(found, ground.zones, swaps, day)
    click.echo(levels_text(found, ground, refused, day))
    if sortie:
        click.echo(write(levels_document(found, ground, refused, day), sortie))
    return REFUSED if refused else 0


@command.command("feuille", short_help="Une feuille à remplir, pour ce qui manque.")
@click.argument("nom", type=click.Choice(SHEETS), metavar="NOM")
@click.option(
    "--region",
    metavar="REGION",
    help="Écrire d'avance ce qui est connu de la région (plafonds, qpv).",
)
@click.option("-o", "--fichier", type=FILE, metavar="FICHIER", help="[par défaut : NOM.csv]")
def sheet_(nom: str, region: str | None, fichier: Path | None) -> None:
    """Écrire une feuille à ouvrir dans un tableur et à redonner remplie.

    NOM : actes, zones, plafonds, choix, indicateurs, qpv, composition, apl, niveaux, echanges ou
    parts.
    """
    from assemblier.cli.zonage_text import sheet_rows
    from assemblier.diagnosis.zonage_files import sheet
    from assemblier.reports.writing import write_file

    path = fichier or Path(f"{nom}.csv")
    rows = sheet_rows(nom, region, dt.date.today()) if region else ()
    write_file(path, sheet(nom, rows))
    click.echo(f"Feuille à remplir : {path}")
