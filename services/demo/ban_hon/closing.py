"""December: the yearly review of the households, and what they are recognised for."""

from __future__ import annotations

from datetime import date

from events.facts.households import EconomicClass
from services.decisions.households import RecogniseCulturalFamily, RecogniseLeavingPoverty, ReviewEconomicClass
from services.demo.ban_hon.clients import OFFICE
from services.demo.ban_hon.economy import CULTURAL, LEFT_POVERTY, class_after
from services.demo.ban_hon.places import VILLAGES, YEAR
from services.demo.ban_hon.teller import TO_COME, Teller, decision, moment

REVIEWED = date(YEAR, 12, 10)


def review(teller: Teller) -> None:
    """Every household of the commune is put into a class, village by village."""
    basis = decision("58", REVIEWED)
    for cell in VILLAGES:
        commands = [
            ReviewEconomicClass(
                id=TO_COME,
                effective=REVIEWED,
                household=household.id,
                year=YEAR,
                economic_class=EconomicClass(class_after(household)),
                basis=basis,
            )
            for household, home in teller.book.home.items()
            if home == cell.number
        ]
        vi, en = f"Rà soát hộ nghèo năm {YEAR}, {cell.place}", f"Review of poor households {YEAR}, cell {cell.number}"
        teller.submit(OFFICE, moment(12, 10, 14, cell.number), vi, en, commands)


def recognise(teller: Teller) -> None:
    """Who left poverty, and who is a cultural family of the year."""
    left = [
        RecogniseLeavingPoverty(
            id=TO_COME, effective=REVIEWED, household=household.id, year=YEAR, basis=decision("59", REVIEWED)
        )
        for household in LEFT_POVERTY
    ]
    teller.submit(OFFICE, moment(12, 11), "Công nhận hộ thoát nghèo", "Households that left poverty", left)
    day = date(YEAR, 12, 20)
    cultural = [
        RecogniseCulturalFamily(id=TO_COME, effective=day, household=household.id, year=YEAR, basis=decision("60", day))
        for household in CULTURAL
    ]
    teller.submit(OFFICE, moment(12, 20), "Công nhận gia đình văn hóa", "Cultural families of the year", cultural)
