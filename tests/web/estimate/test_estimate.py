"""A run is what the ground floor says about the kept answers, and the same answers give the same run."""

import json

import numpy as np
import pytest
from django.conf import settings as house
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bening.core.estimate import coded, contest, encode, index, rank_sets
from bening.core.kinds import NOT_ASKED, Answers, Frame
from bening.core.problems import Refused
from bening.core.questionnaire import load as load_form
from bening.core.questionnaire import relevant
from bening.methods import load
from bening.web.estimate.models import Run, Score
from bening.web.estimate.steps import estimate, with_items
from bening.web.quality.models import Status, Verdict
from bening.web.quality.steps import decide, review, sufficiency
from bening.web.questionnaire.models import Instrument
from bening.web.questionnaire.steps import freeze_instrument
from bening.web.registry.models import Audit, Institution
from bening.web.response.models import Label, Reply
from tests.web.small import FORMS, make_places, make_round, make_tally

pytestmark = pytest.mark.django_db
PLACES = ("kab-a", "kab-b", "kab-c", "kab-d")
ROWS = [
    *(
        (f"{code}/internal/{unit}", "internal", code, unit, 90, 20)
        for code in PLACES
        for unit in ("opd.01", "opd.02")
    ),
    *((f"{code}/external/all", "external", code, "", 300, 25) for code in PLACES),
    ("18/expert/shared", "expert", "", "", 80, 20),
]


@pytest.fixture
def round_():
    """Four governments with two loci each and a province's experts; the fourth may not be published."""
    row = make_round()
    make_places(row, {code: ["opd.01", "opd.02"] for code in PLACES})
    make_tally(row, ROWS)
    review(by="worker")
    decide(by="siti", second="budi", round=row)
    Status.objects.filter(institution__code="kab-d").update(code="integrity_issue")
    return row


def run(round_):
    return estimate(by="ratna", round=round_, now=house.NOW())


def by_hand(rows=ROWS):
    """The same estimates from the records themselves, without any step: four who share the experts."""
    forms = {row.group: load_form(bytes(row.body)) for row in Instrument.objects.all()}
    method = with_items(load("spi-2025:equal-thirds"), forms)
    replies = list(Reply.objects.select_related("label__institution", "label__unit").order_by("?"))
    items = {}
    for item in method.items:
        codes = encode(item, [reply.answers.get(item.id, "") for reply in replies])
        shown = [item.id in relevant(forms[reply.label.group], reply.answers) for reply in replies]
        items[item.id] = np.where(shown, codes, NOT_ASKED)
    listed = [
        (code or place, group, label, population if code or place == PLACES[0] else 0)
        for label, group, code, _, population, _ in rows
        for place in ((code,) if code else PLACES)
    ]
    institution, group, stratum, population = zip(*listed, strict=True)
    answers = Answers(
        institution=coded([getattr(reply.label.institution, "code", "") for reply in replies]),
        group=coded([reply.label.group for reply in replies]),
        stratum=coded([reply.label.label for reply in replies]),
        unit=coded(
            [
                f"{reply.label.institution.code}|{reply.label.unit.code}" if reply.label.unit else ""
                for reply in replies
            ]
        ),
        items=items,
    )
    frame = Frame(coded(institution), coded(group), coded(stratum), np.array(population))
    return index(method, answers, frame, kinds=dict.fromkeys(PLACES, "regency"))


def test_the_numbers_are_those_of_the_ground_floor_whatever_the_order_of_the_answers(round_):
    made = by_hand()
    rows = {
        (
            s.institution.code,
            f"{s.institution.code}|{s.unit.code}" if s.unit else "",
            s.level,
            s.group,
            s.dimension,
        ): s
        for s in Score.objects.filter(run=run(round_)).select_related("institution", "unit")
    }
    assert len(rows) == len(made.estimate)
    for i, value in enumerate(made.estimate):
        columns = (made.institution, made.unit, made.level, made.group, made.dimension)
        score = rows[tuple(column.names[column.codes[i]] for column in columns)]
        for ours, theirs in (
            ("value", value),
            ("se", made.se[i]),
            ("lower", made.lower[i]),
            ("upper", made.upper[i]),
        ):
            found = getattr(score, ours)
            assert found == pytest.approx(theirs, rel=1e-9) if not np.isnan(theirs) else found is None
        assert score.n == made.n[i]


def test_the_experts_of_the_province_stand_behind_every_institution_and_are_counted_once(round_):
    made = Score.objects.filter(run=run(round_), level="group", group="expert", unit=None)
    assert set(made.values_list("institution__code", flat=True)) == set(PLACES)
    assert len(set(made.values_list("value", flat=True))) == 1
    assert {(score.n, score.population) for score in made} == {(20, 80)}


def test_every_locus_has_rows_of_its_own_and_none_for_users_or_experts(round_):
    made = Score.objects.filter(run=run(round_), unit__isnull=False)
    assert set(made.values_list("institution__code", "unit__code")) == {
        (code, unit) for code in PLACES for unit in ("opd.01", "opd.02")
    }
    assert set(made.values_list("group", flat=True)) <= {"internal", ""}
    whole = Score.objects.get(institution__code="kab-a", unit=None, level="group", group="internal")
    parts = made.filter(institution__code="kab-a", level="group", group="internal")
    assert sum(row.n for row in parts) == whole.n == 40


def test_only_published_institutions_are_ranked_and_only_against_one_another(round_):
    made = Score.objects.filter(run=run(round_), level="index")
    assert set(made.filter(rank_lower__isnull=False).values_list("institution__code", flat=True)) == set(
        PLACES[:3]
    )
    assert all(1 <= row.rank_lower <= row.rank_upper <= 3 for row in made.exclude(institution__code="kab-d"))
    refused = made.get(institution__code="kab-d")
    assert (refused.rank_lower, refused.rank_upper, refused.p_top3) == (None, None, None)
    assert not Score.objects.exclude(level="index").filter(rank_lower__isnull=False).exists()


def test_the_rank_sets_are_those_of_the_published_with_the_seed_of_the_run(round_):
    made = run(round_)
    entered = contest(by_hand())
    rows = [entered.institutions.index(code) for code in PLACES[:3]]
    sets = rank_sets(
        entered.value[rows],
        entered.covariance[np.ix_(rows, rows)],
        np.random.default_rng(int(made.seed[:16], 16)),
    )
    for code, ranks in zip(PLACES[:3], sets, strict=True):
        score = Score.objects.get(run=made, level="index", institution__code=code)
        assert (score.rank_lower, score.rank_upper) == (ranks.lower, ranks.upper)


def test_cities_and_regencies_stand_in_one_list_and_a_province_in_another(round_):
    Institution.objects.filter(code="kab-b").update(kind="city")
    Institution.objects.filter(code="kab-c").update(kind="province")
    rows = {s.institution.code: s for s in Score.objects.filter(run=run(round_), level="index")}
    assert {rows["kab-a"].rank_upper, rows["kab-b"].rank_upper} <= {1, 2}
    assert (rows["kab-c"].rank_lower, rows["kab-c"].rank_upper, rows["kab-c"].p_top3) == (1, 1, 1.0)


def test_the_same_answers_give_the_same_run(round_):
    first = run(round_)
    before = list(Score.objects.order_by("pk").values())
    assert run(round_).pk == first.pk
    assert list(Score.objects.order_by("pk").values()) == before
    assert Audit.objects.filter(verb="estimate").count() == 1


def test_another_answer_another_verdict_or_another_status_gives_another_run(round_):
    """A status decides who is ranked, so a run made before the decision must not stand for one made after."""
    runs = [run(round_)]
    other = Verdict.objects.filter(reply__label__group="internal").first()
    Verdict.objects.filter(pk=other.pk).update(kept=False)
    runs.append(run(round_))
    Status.objects.filter(institution__code="kab-d").update(code="published")
    runs.append(run(round_))
    reply = Reply.objects.filter(label__group="expert", verdict__kept=True).first()
    changed = "5" if reply.answers["bribery"] == "6" else "6"
    Reply.objects.filter(pk=reply.pk).update(answers=reply.answers | {"bribery": changed})
    runs.append(run(round_))
    assert len({made.pk for made in runs}) == 4
    assert Score.objects.filter(run=runs[2], level="index", rank_lower__isnull=False).count() == 4


def test_a_run_says_how_to_repeat_it_and_what_its_weights_are(round_):
    made = run(round_)
    method = load("spi-2025:equal-thirds")
    assert made.method_id == method.id
    assert made.method_label == {"id": method.label.id, "en": method.label.en}
    assert set(made.digests) == {"answers", "frame", "statuses", "method", "code"}
    assert made.seed == made.digests["answers"]


def merged(round_):
    """Three and four answers of two governments that were merged under the province."""
    extra = [("18/internal/merged", "internal", "", "", 130, 12)]
    make_tally(round_, [*ROWS, *extra])
    Label.objects.filter(label="18/internal/merged").update(
        strata=["kab-a/internal/opd.03", "kab-b/internal/opd.01"]
    )
    review(by="worker")


def test_answers_merged_over_institutions_that_have_their_own_stay_out_of_their_numbers(round_):
    """Nobody knows how many of them are whose; the run goes on, and the trail says what was left out."""
    later = make_round("uji-2026")
    make_places(later, {code: ["opd.01", "opd.02"] for code in PLACES})
    merged(later)
    numbers = [
        list(Score.objects.filter(run=run(each), level="group", group="internal").values_list("n", flat=True))
        for each in (round_, later)
    ]
    assert numbers[0] == numbers[1]
    assert Audit.objects.filter(verb="estimate").last().detail["left_out"] == ["18/internal/merged"]


def test_a_shared_label_is_leaned_on_by_its_own_institutions_and_provinces_only():
    """Two provinces with experts of their own; two governments whose only staff answers were merged."""
    row = make_round()
    make_places(row, {"kab-a": ["opd.01"], "kab-b": ["opd.01"]})
    make_places(row, {"kab-n": ["opd.01"]}, province="17")
    make_tally(
        row,
        [
            ("kab-n/internal/opd.01", "internal", "kab-n", "opd.01", 90, 20),
            ("18/internal/merged", "internal", "", "", 90, 20),
            *(
                (f"{code}/external/all", "external", code, "", 300, 25)
                for code in ("kab-a", "kab-b", "kab-n")
            ),
            ("17/expert/shared", "expert", "", "", 50, 15),
            ("18/expert/shared", "expert", "", "", 80, 20),
        ],
    )
    Label.objects.filter(label="18/internal/merged").update(
        strata=["kab-a/internal/opd.01", "kab-b/internal/opd.01"]
    )
    review(by="worker")
    made = Score.objects.filter(run=run(row), level="group", unit=None)
    size = {(s.institution.code, s.group): s.n for s in made}
    assert [size[code, "expert"] for code in ("kab-a", "kab-b", "kab-n")] == [20, 20, 15]
    assert [size[code, "internal"] for code in ("kab-a", "kab-b", "kab-n")] == [20, 20, 20]


def add_visitors(round_, *, strata=("kab-a/visitor/opd.01",), group="visitor"):
    """Forty users who registered themselves and answer as badly as can be."""
    form = json.loads((FORMS / "external.json").read_text()) | {"name": "visitor", "group": "visitor"}
    freeze_instrument(by="ratna", round=round_, data=json.dumps(form).encode())
    model = Label.objects.get(label="kab-a/external/all")
    row = Label.objects.create(
        tally=model.tally, label=strata[0] if len(strata) == 1 else "national/merged", group=group,
        institution=model.institution if len(strata) == 1 else None, strata=list(strata), population=400,
        sampled=40, issued=40, reissued=0, counted=40,
    )  # fmt: skip
    worst = min(model.replies.all(), key=lambda reply: str(sorted(reply.answers.items())))
    replies = [Reply(label=row, place=n, answers=worst.answers, paradata={"d": 3}) for n in range(1, 41)]
    for reply in Reply.objects.bulk_create(replies):
        Verdict.objects.create(reply=reply, kept=True, signs=[])


def scores(made):
    """Every number of a run."""
    columns = (
        "institution__code",
        "unit__code",
        "level",
        "group",
        "dimension",
        "value",
        "se",
        "n",
        "population",
    )
    return sorted(map(str, Score.objects.filter(run=made).values_list(*columns)))


@pytest.mark.parametrize(
    ("strata", "group"),
    [
        (("kab-a/visitor/opd.01",), "visitor"),
        (("kab-a/external/x", "kab-a/visitor/opd.01"), "external"),  # merged at the top
        (("18/expert/x", "kab-a/visitor/opd.01"), "expert"),  # and leaned on by everybody
    ],
)
def test_who_registered_themselves_is_counted_apart_and_moves_no_number(round_, strata, group):
    before = scores(run(round_))
    add_visitors(round_, strata=strata, group=group)
    made = run(round_)
    assert scores(made) == before
    said = Audit.objects.filter(verb="estimate").last().detail["visitors"]
    assert list(said["counted"].values()) == [40]
    assert said["note"]["id"] == "tidak dapat digeneralisasi"
    assert sufficiency(round_, Institution.objects.get(code="kab-a")) == "published"


def test_who_registered_themselves_does_not_make_a_sample_large_enough(round_):
    Label.objects.filter(institution__code="kab-a").update(counted=3)
    place = Institution.objects.get(code="kab-a")
    assert sufficiency(round_, place) == "insufficient_sample"
    add_visitors(round_)
    Label.objects.filter(group="visitor").update(sampled=400, issued=400, counted=400)
    assert sufficiency(round_, place) == "insufficient_sample"


def test_without_an_answer_there_is_no_run():
    row = make_round()
    make_places(row, {"kab-a": ["opd.01"]})
    with pytest.raises(Refused, match="ESTIMATE-101"):
        run(row)
    assert not Run.objects.exists()


def test_the_database_refuses_what_no_run_would_write(round_):
    score = Score.objects.filter(run=run(round_), level="index").first()
    for name, write in {
        "score_once": lambda: Score.objects.create(
            run=score.run, institution=score.institution, level="index", n=1, population=1
        ),
        "score_0_to_100": lambda: Score.objects.filter(pk=score.pk).update(value=100.1),
        "score_limits_in_order": lambda: Score.objects.filter(pk=score.pk).update(lower=50, upper=49),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()


def test_the_command_names_the_run(round_, capsys):
    call_command("estimate_round", "uji-2025", "--by", "ratna")
    assert int(capsys.readouterr().out) == Run.objects.get().pk
