"""What always holds of the checks of legality; each test quotes the line it holds."""

import datetime as dt
import io
import zipfile
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.aids.amounts import Amount, Period
from assemblier.aids.legality import State, Verdict, aid_of, check_aid, read_values
from assemblier.aids.legality.caps import Cap, allowed_monthly, cap_of, room_left
from assemblier.aids.legality.cumulation import cumulation, known_aids
from assemblier.aids.legality.files import read_workbook, template_workbook
from assemblier.aids.legality.local_aid import Domaine, Giver
from assemblier.aids.legality.opinion import Finding, Opinion
from assemblier.aids.legality.repayment import Repayment, repayment
from assemblier.aids.legality.subjects.certificates import PLACES, certificates
from assemblier.french import french_spaces
from assemblier.reports.legalite import certificate_letter, drafts_of
from assemblier.reports.legalite.corrections import corrected_amount, corrected_years
from assemblier.reports.legalite.docx import render as word
from assemblier.reports.legalite.draft import pieces
from assemblier.reports.legalite.odt import render as opendocument

DAY = dt.date(2019, 12, 31)
CAPPED = (Domaine.INDEMNITE_STAGE, Domaine.INDEMNITE_ETUDE)
STUDY = {
    "aide": "indemnite_etude",
    "date": DAY,
    "donneur": {"nature": "departement"},
    "beneficiaire": {"statut": "interne", "filiere": "medecine_generale", "cycle": 3},
    "montant": "1 000 € par mois",
    "zone": {"limitee_aux_zones_fragiles": "oui"},
    "engagement": {"annees": 5},
    "convention": {"parties": ["collectivite", "beneficiaire"]},
    "clauses": {"remboursement": "total_ou_partiel", "information_etat": "oui"},
}
INSTALLATION = {
    "aide": "installation",
    "date": DAY,
    "donneur": {"nature": "epci"},
    "beneficiaire": {"statut": "liberal"},
    "forme": "prime_installation",
    "zone": {"classement": "ZIP"},
    "engagement": {"annees": 3},
    "convention": {"parties": ["collectivite", "beneficiaire", "ars"]},
    "clauses": {"fin_hors_zone": "oui", "remboursement": "total"},
}
STAGE = {
    "aide": "indemnite_stage",
    "date": DAY,
    "donneur": {"nature": "region"},
    "beneficiaire": {
        "statut": "interne",
        "filiere": "medecine_generale",
        "logement_gratuit": "non",
    },
    "zone": {"classement": "ZAC"},
}

euros = st.integers(0, 500_000).map(lambda cents: Fraction(cents, 100))
years = st.integers(0, 400).map(lambda tenths: Fraction(tenths, 10))
periods = st.sampled_from(Period)
amounts = st.builds(Amount, euros, periods)
monthly = st.builds(Amount, euros, st.just(Period.MOIS))
givers = st.lists(monthly.map(lambda one: Giver("autre", one)), max_size=4).map(tuple)
findings = st.lists(
    st.sampled_from(State).map(lambda state: Finding("clause", state, "")), max_size=5
).map(tuple)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60)


@given(findings)
def test_it_is_legal_exactly_when_no_clause_is_contrary_to_confirm_or_to_complete(found):
    """It is legal exactly when no clause is contrary, to confirm or to complete."""
    grave = {State.CONTRAIRE, State.A_CONFIRMER, State.A_COMPLETER}
    is_grave = any(one.state in grave for one in found)
    assert (Opinion("aide", DAY, found).verdict is Verdict.LEGALE) is not is_grave


@given(findings)
def test_one_contrary_clause_makes_it_illegal(found):
    """One contrary clause makes it illegal, whatever the others."""
    contrary = Finding("autre", State.CONTRAIRE, "")
    assert Opinion("aide", DAY, (*found, contrary)).verdict is Verdict.ILLEGALE


@given(st.integers(1, 200_000), st.sampled_from(CAPPED))
def test_a_year_is_worth_twelve_months(yearly, domain):
    """A year is worth twelve months."""
    values = read_values({"emoluments_annuels": f"{yearly} € par an"})
    cap = cap_of(domain, dt.date(2026, 1, 1), values)
    assert isinstance(cap, Cap)
    assert cap.yearly == 12 * cap.monthly
    share = Fraction(1, 5) if domain is Domaine.INDEMNITE_STAGE else 1
    assert cap.yearly == yearly * share


@given(euros, st.lists(euros, max_size=5), euros)
def test_adding_a_giver_never_raises_the_room_left(cap, given_, more):
    """Adding a giver never raises the room left."""
    assert room_left(cap, [*given_, more]) <= room_left(cap, given_)


@given(euros, st.lists(euros, max_size=5))
def test_what_is_given_and_the_room_left_never_exceed_the_cap(cap, given_):
    """What is given and the room left never exceed the cap unless what is given already does."""
    total = sum(given_, Fraction(0)) + room_left(cap, given_)
    assert total == max(cap, sum(given_, Fraction(0)))


@given(givers)
def test_the_amount_allowed_never_exceeds_the_cap(others):
    """The amount allowed never exceeds the cap."""
    aid = replace(aid_of(STAGE), autres_donneurs=others)
    cap = cap_of(aid.domaine, aid.date)
    assert 0 <= allowed_monthly(aid, cap) <= cap.monthly


@given(st.sampled_from((STUDY, INSTALLATION)), years, years)
def test_a_longer_commitment_never_makes_an_aid_illegal(told, first, more):
    """A longer commitment never makes an aid illegal."""
    shorter = replace(aid_of(told), engagement_annees=first)
    longer = replace(shorter, engagement_annees=first + more)
    if check_aid(shorter).verdict is not Verdict.ILLEGALE:
        assert check_aid(longer).verdict is not Verdict.ILLEGALE


@given(st.sampled_from((STUDY, STAGE)), monthly, givers, monthly)
def test_adding_a_giver_never_makes_an_illegal_aid_legal(told, amount, others, more):
    """Adding a giver never makes an illegal aid legal."""
    fewer = replace(aid_of(told), montant=amount, autres_donneurs=others)
    if check_aid(fewer).verdict is Verdict.ILLEGALE:
        aid = replace(fewer, autres_donneurs=(*others, Giver("de plus", more)))
        assert check_aid(aid).verdict is Verdict.ILLEGALE


@given(st.sampled_from((STUDY, STAGE)), amounts, givers, st.none() | st.integers(1, 72))
def test_the_amount_of_an_indemnity_never_exceeds_its_cap(told, amount, others, months):
    """The amount of an indemnity never exceeds its cap."""
    aid = replace(aid_of(told), montant=amount, autres_donneurs=others, mois=months)
    corrected = corrected_amount(aid)
    cap = cap_of(aid.domaine, aid.date)
    if corrected is not None:
        given_ = sum((one.montant.monthly() for one in others), Fraction(0))
        assert corrected.monthly(months) + given_ <= max(cap.monthly, given_)
        aid = replace(aid, montant=corrected)
        if corrected.value or given_ <= cap.monthly:
            assert check_aid(aid).of("plafond").state is not State.CONTRAIRE


@given(st.sampled_from((STUDY, INSTALLATION)), st.none() | years)
def test_the_years_promised_are_never_under_those_of_the_texts(told, promised):
    """The years promised are never under those of the texts."""
    aid = replace(aid_of(told), engagement_annees=promised)
    corrected = corrected_years(aid)
    assert corrected >= (promised or 0)
    fixed = check_aid(replace(aid, engagement_annees=corrected))
    assert fixed.of("engagement").state is State.CONFORME
    assert any(f"{float(corrected):g} ans".replace(".", ",") in one.plain for one in drafts_of(aid))


@given(euros, years, years.filter(bool))
def test_a_repayment_is_between_zero_and_what_was_received(received, kept, promised):
    """It is between zero and what was received."""
    found = repayment(received, kept, promised, DAY)
    assert isinstance(found, Repayment)
    assert 0 <= found.euros <= received


@given(euros, years, years, years.filter(bool))
def test_more_years_kept_never_raise_a_repayment(received, kept, more, promised):
    """More years kept never raise it."""
    before = repayment(received, kept, promised, DAY).euros
    assert repayment(received, kept + more, promised, DAY).euros <= before


@given(st.lists(st.sampled_from(known_aids()), min_size=2, max_size=2, unique=True))
def test_the_order_of_the_two_aids_changes_nothing(pair):
    """The order of the two aids changes nothing."""
    one, other = pair
    day = dt.date(2026, 1, 1)
    assert cumulation(one, other, day) == cumulation(other, one, day)


def test_the_workbook_read_back_empty_tells_nothing(tmp_path):
    """Read back empty, it tells nothing."""
    path = tmp_path / "aide.xlsx"
    path.write_bytes(template_workbook())
    assert read_workbook(path) == {}


@given(texts)
def test_joined_the_pieces_are_the_line(words):
    """Joined, the pieces are the line."""
    line = f"Fait à [à compléter : {words.replace(']', '')}], le {words}"
    if "[à compléter" not in words:
        assert "".join(piece for piece, _ in pieces(line)) == french_spaces(line)


@settings(max_examples=8)  # a Word file takes a tenth of a second
@given(st.sampled_from((STUDY, INSTALLATION, STAGE)), texts)
def test_the_same_draft_gives_the_same_bytes(told, name):
    """The same draft gives the same bytes."""
    aid = replace(aid_of(told), donneur_nom=name)
    draft = drafts_of(aid)[0]
    assert word(draft) == word(draft)
    made = opendocument(draft)
    assert made == opendocument(draft)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.testzip() is None


@given(st.sampled_from(sorted(PLACES)), st.dates(dt.date(2019, 1, 1), dt.date(2030, 1, 1)))
def test_every_case_known_for_a_place_stands_in_the_letter_once(place, day):
    """Every case known for this place stands in the letter, once."""
    letter = certificate_letter(place, day)
    for one in certificates(place, day):
        starts = [line for line in letter.lines if line.text.startswith(f"{one.label} : ")]
        assert len(starts) == 1
