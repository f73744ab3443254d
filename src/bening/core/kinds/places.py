"""Institutions and their parts."""

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
