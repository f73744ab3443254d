"""Institutions and their parts."""

from collections.abc import Mapping
from enum import StrEnum


class InstitutionKind(StrEnum):
    """What an institution is; results are compared only inside one kind and size class."""

    MINISTRY = "ministry"
    AGENCY = "agency"
    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"


class UnitKind(StrEnum):
    """What a unit is; decides the examples shown to it and the comparison of its figures."""

    OFFICE = "office"  # OPD: dinas, badan, sekretariat, inspektorat
    DISTRICT = "district"  # kecamatan
    VILLAGE = "village"  # kelurahan
    SERVICE = "service"  # UPT
    HEALTH_CENTRE = "puskesmas"
    HOSPITAL = "rsud"
    SCHOOL = "school"
    DIRECTORATE = "directorate"  # direktorat, unit eselon of a ministry
    BRANCH = "branch"  # kantor wilayah


class SizeClass(StrEnum):
    """The class by budget and staff that the agency gives an institution in a round; ranks stay inside it."""

    LARGE = "besar"
    MEDIUM = "sedang"
    SMALL = "kecil"


PROVINCES: Mapping[str, str] = {  # by the code of the national statistics office (BPS)
    "11": "Aceh",
    "12": "Sumatera Utara",
    "13": "Sumatera Barat",
    "14": "Riau",
    "15": "Jambi",
    "16": "Sumatera Selatan",
    "17": "Bengkulu",
    "18": "Lampung",
    "19": "Kepulauan Bangka Belitung",
    "21": "Kepulauan Riau",
    "31": "DKI Jakarta",
    "32": "Jawa Barat",
    "33": "Jawa Tengah",
    "34": "DI Yogyakarta",
    "35": "Jawa Timur",
    "36": "Banten",
    "51": "Bali",
    "52": "Nusa Tenggara Barat",
    "53": "Nusa Tenggara Timur",
    "61": "Kalimantan Barat",
    "62": "Kalimantan Tengah",
    "63": "Kalimantan Selatan",
    "64": "Kalimantan Timur",
    "65": "Kalimantan Utara",
    "71": "Sulawesi Utara",
    "72": "Sulawesi Tengah",
    "73": "Sulawesi Selatan",
    "74": "Sulawesi Tenggara",
    "75": "Gorontalo",
    "76": "Sulawesi Barat",
    "81": "Maluku",
    "82": "Maluku Utara",
    "91": "Papua Barat",
    "92": "Papua Barat Daya",
    "94": "Papua",
    "95": "Papua Selatan",
    "96": "Papua Tengah",
    "97": "Papua Pegunungan",
}
