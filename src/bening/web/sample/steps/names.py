"""What a stratum is called on a phone's screen, and whose it is."""

from collections.abc import Mapping

from bening.core.kinds import Group, PlannedStratum, Text
from bening.web.registry.models import Institution, Unit

PROVINCE = Text("seluruh provinsi", "the whole province")
WORDS = {
    Group.INTERNAL: Text("pegawai", "staff"),
    Group.EXTERNAL: Text("pengguna layanan dan mitra", "service users and partners"),
    Group.EXPERT: Text("ahli", "experts"),
    Group.VISITOR: Text("pengunjung", "visitors"),
}


def shared(stratum: PlannedStratum) -> bool:
    """Whether the stratum is nobody's own, whoever listed its people."""
    return not stratum.key.code.startswith(f"{stratum.places[0].institution}/")


def institution_of(stratum: PlannedStratum, institutions: Mapping[str, Institution]) -> Institution | None:
    """The institution of a stratum, unless it is shared."""
    return None if shared(stratum) else institutions[stratum.places[0].institution]


def unit_of(stratum: PlannedStratum, units: Mapping[tuple[str, str], Unit]) -> Unit | None:
    """The unit of a stratum if all its people stand under one."""
    codes = {(place.institution, place.unit) for place in stratum.places}
    return None if shared(stratum) or len(codes) > 1 else units.get(codes.pop())


def name_of(stratum: PlannedStratum, institution: Institution | None, unit: Unit | None) -> Text:
    """The words a respondent reads about the own group."""
    place = " · ".join(part.name for part in (institution, unit) if part)
    who = WORDS[stratum.group]
    return Text(f"{place or PROVINCE.id}: {who.id}", f"{place or PROVINCE.en}: {who.en}")
