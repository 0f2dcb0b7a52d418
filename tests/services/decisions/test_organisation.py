"""Units founded, renamed, placed elsewhere, merged and dissolved; persons; offices."""

from datetime import date

from events.facts.members import LeavingReason, MemberLeft
from events.facts.organisation import (
    CellKind,
    MergersOrdered,
    OfficeActing,
    OfficeAppointed,
    OfficeKind,
    OfficeReleased,
    PersonRegistered,
    UnitDissolved,
    UnitFounded,
    UnitKind,
    UnitMerged,
    UnitRenamed,
    UnitReparented,
)
from services.decisions.asking import Asker, Role
from services.decisions.organisation import (
    ActInOffice,
    AppointOffice,
    DissolveUnit,
    FoundUnit,
    MergeUnits,
    RegisterPerson,
    ReleaseOffice,
    RenameUnit,
    ReparentUnit,
)
from tests.given import given, named, on
from tests.services.decisions.commune import (
    AUTUMN,
    BASIS,
    CELL,
    COLLEAGUE,
    COMMUNE,
    COMMUNITY,
    FAR_CELL,
    MEMBER,
    OFFICE,
    ORGANISATION,
    OTHER_COMMUNE,
    OTHER_OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
    SECRETARY,
    SPRING,
    START,
    STRANGER,
    SUMMER,
    decide,
)

NEW = named("new unit")
SCHOOL = {"unit": NEW, "kind": UnitKind.CELL, "name": "Chi bộ trường học", "cell_kind": CellKind.SCHOOL}
SECRETARY_OF = {"unit": CELL, "office": OfficeKind.SECRETARY}


def test_a_role_counts_only_in_units_of_its_level() -> None:
    command = decide(RegisterPerson, SPRING, person=named("new person"), unit=CELL, name="Lò Văn C")
    for role, unit, kind in (
        (Role.CELL_SECRETARY, COMMUNE, "commune"),
        (Role.COMMUNE_OFFICE, PROVINCE, "province"),
        (Role.COMMUNE_OFFICE, CELL, "cell"),
        (Role.PROVINCIAL_OFFICE, COMMUNE, "commune"),
    ):
        ORGANISATION.when(command, Asker(role, unit, "web")).refused(
            "role_unit_mismatch", role=role.value, unit=unit, kind=kind
        )
    for role, unit in ((Role.SYSTEM, COMMUNE), (Role.SYSTEM, CELL), (Role.CELL_SECRETARY, CELL)):
        ORGANISATION.when(command, Asker(role, unit, "web")).recorded()


def test_a_commune_founds_a_cell() -> None:
    command = decide(FoundUnit, SPRING, **SCHOOL, parent=COMMUNE)
    body = UnitFounded(unit=NEW, kind=UnitKind.CELL, name=SCHOOL["name"], cell_kind=CellKind.SCHOOL, parent=COMMUNE)
    ORGANISATION.when(command, OFFICE).quietly().then(body, unit=NEW)


def test_the_first_unit_is_founded_by_its_own_office_and_nobody_elses() -> None:
    command = decide(FoundUnit, START, unit=PROVINCE, kind=UnitKind.PROVINCE, name="Tỉnh")
    given().when(command, PROVINCIAL).then(UnitFounded(unit=PROVINCE, kind=UnitKind.PROVINCE, name="Tỉnh"))
    given().when(command, OFFICE).refused("outside_your_unit", unit=PROVINCE)


def test_what_is_founded_is_new_ranked_and_of_a_kind() -> None:
    found = ORGANISATION.when
    found(decide(FoundUnit, SPRING, **{**SCHOOL, "unit": CELL}, parent=COMMUNE), OFFICE).refused("unit_exists")
    found(decide(FoundUnit, SPRING, **{**SCHOOL, "cell_kind": None}, parent=COMMUNE), OFFICE).refused(
        "cell_kind_needed"
    )
    district = {"unit": NEW, "kind": UnitKind.DISTRICT, "name": "Huyện"}
    found(decide(FoundUnit, SPRING, **district, cell_kind=CellKind.SCHOOL, parent=PROVINCE), PROVINCIAL).refused(
        "cell_kind_only_for_cells"
    )
    found(decide(FoundUnit, SPRING, **district), PROVINCIAL).refused("superior_needed", kind="district")
    found(decide(FoundUnit, SPRING, **district, parent=COMMUNE), PROVINCIAL).refused("wrong_level", superior="commune")
    found(decide(FoundUnit, SPRING, **SCHOOL, parent=OTHER_COMMUNE), OFFICE).refused("outside_your_unit")
    found(decide(FoundUnit, SPRING, **SCHOOL, parent=named("nowhere")), OFFICE).refused("unit_unknown")


def test_a_superior_must_exist_from_its_founding_day_on() -> None:
    found = ORGANISATION.given(on(SPRING, UnitFounded(unit=NEW, kind=UnitKind.COMMUNE, name="Xã", parent=PROVINCE)))
    cell = {**SCHOOL, "unit": named("its cell")}
    found.when(decide(FoundUnit, SPRING, **cell, parent=NEW), PROVINCIAL).recorded()
    found.when(decide(FoundUnit, date(2018, 2, 28), **cell, parent=NEW), PROVINCIAL).refused("unit_not_then", unit=NEW)


def test_a_unit_that_will_be_founded_is_prepared_in_advance() -> None:
    future = UnitFounded(unit=NEW, kind=UnitKind.COMMUNE, name="Xã mới", parent=PROVINCE)
    prepared = ORGANISATION.given(on(AUTUMN, future)).at(SUMMER)
    command = decide(MergeUnits, AUTUMN, into=NEW, units=(COMMUNE,), basis=BASIS)
    prepared.when(command, PROVINCIAL).then(UnitMerged(unit=COMMUNE, into=NEW), MergersOrdered(unit=PROVINCE))
    prepared.when(decide(RenameUnit, AUTUMN, unit=NEW, name="Xã"), OFFICE).refused("outside_your_unit", unit=NEW)


def test_a_unit_is_renamed_by_its_commune_only_while_it_exists() -> None:
    ORGANISATION.when(decide(RenameUnit, SPRING, unit=CELL, name="Chi bộ bản 5"), OFFICE).then(
        UnitRenamed(unit=CELL, name="Chi bộ bản 5"), unit=CELL
    )
    ORGANISATION.when(decide(RenameUnit, SPRING, unit=FAR_CELL, name="Chi bộ"), OFFICE).refused("outside_your_unit")
    ended = ORGANISATION.given(on(SUMMER, UnitDissolved(unit=CELL)))
    ended.when(decide(RenameUnit, SUMMER, unit=CELL, name="Chi bộ"), OFFICE).refused("unit_not_then", day=SUMMER)
    ended.when(decide(RenameUnit, date(2018, 5, 31), unit=CELL, name="Chi bộ"), OFFICE).recorded()


def test_a_cell_comes_under_another_commune() -> None:
    command = decide(ReparentUnit, SPRING, unit=CELL, parent=OTHER_COMMUNE)
    body = UnitReparented(unit=CELL, parent=OTHER_COMMUNE, former_parent=COMMUNE)
    after = ORGANISATION.when(command, PROVINCIAL).then(body)
    ORGANISATION.when(command, OFFICE).refused("outside_your_unit", unit=OTHER_COMMUNE)
    after.when(decide(RenameUnit, SUMMER, unit=CELL, name="Chi bộ"), OFFICE).refused("outside_your_unit", unit=CELL)
    after.when(decide(RenameUnit, SUMMER, unit=CELL, name="Chi bộ"), OTHER_OFFICE).recorded()
    after.when(command, PROVINCIAL).refused("already_there", unit=OTHER_COMMUNE)


def test_a_move_recorded_late_names_the_superior_of_its_own_day() -> None:
    moved = ORGANISATION.given(on(AUTUMN, UnitReparented(unit=CELL, parent=OTHER_COMMUNE, former_parent=COMMUNE)))
    moved.when(decide(ReparentUnit, SPRING, unit=CELL, parent=PROVINCE), PROVINCIAL).then(
        UnitReparented(unit=CELL, parent=PROVINCE, former_parent=COMMUNE)
    )


def test_no_unit_stands_under_itself_or_its_equal() -> None:
    ORGANISATION.when(decide(ReparentUnit, SPRING, unit=COMMUNE, parent=COMMUNE), PROVINCIAL).refused(
        "would_be_its_own_superior", unit=COMMUNE
    )
    ORGANISATION.when(decide(ReparentUnit, SPRING, unit=COMMUNE, parent=OTHER_COMMUNE), PROVINCIAL).refused(
        "wrong_level", superior="commune", kind="commune"
    )


def test_communes_merge_by_a_document() -> None:
    command = decide(MergeUnits, SUMMER, into=COMMUNE, units=(OTHER_COMMUNE, OTHER_COMMUNE), basis=BASIS)
    merged = UnitMerged(unit=OTHER_COMMUNE, into=COMMUNE)
    ORGANISATION.when(command, PROVINCIAL).then(merged, MergersOrdered(unit=PROVINCE))
    ORGANISATION.when(decide(MergeUnits, SUMMER, into=COMMUNE, units=(OTHER_COMMUNE,)), PROVINCIAL).refused(
        "basis_needed"
    )
    ORGANISATION.when(command, OFFICE).refused("outside_your_unit", unit=OTHER_COMMUNE)
    mixed = decide(MergeUnits, SUMMER, into=COMMUNE, units=(CELL,), basis=BASIS)
    ORGANISATION.when(mixed, PROVINCIAL).refused("wrong_level", superior="commune", kind="cell")
    itself = decide(MergeUnits, SUMMER, into=COMMUNE, units=(COMMUNE,), basis=BASIS)
    ORGANISATION.when(itself, PROVINCIAL).refused("would_be_its_own_superior", unit=COMMUNE)


def test_two_units_cannot_go_into_each_other_on_different_days() -> None:
    merged = ORGANISATION.given(on(AUTUMN, UnitMerged(unit=COMMUNE, into=OTHER_COMMUNE)))
    back = decide(MergeUnits, SUMMER, into=COMMUNE, units=(OTHER_COMMUNE,), basis=BASIS)
    merged.when(back, PROVINCIAL).refused("would_be_its_own_superior", unit=OTHER_COMMUNE)


def test_a_unit_ends_once_whichever_end_was_recorded_first() -> None:
    merged = ORGANISATION.given(on(SUMMER, UnitMerged(unit=CELL, into=SECOND_CELL)))
    dissolved = ORGANISATION.given(on(SUMMER, UnitDissolved(unit=CELL)))
    third = named("third cell")
    village = UnitFounded(unit=third, kind=UnitKind.CELL, name="Bản", cell_kind=CellKind.VILLAGE, parent=COMMUNE)
    elsewhere = decide(MergeUnits, SPRING, into=third, units=(CELL,), basis=BASIS)
    for ended in (merged, dissolved):
        ended.given(on(START, village)).when(elsewhere, OFFICE).refused("later_change", since=SUMMER)
        ended.when(decide(DissolveUnit, SPRING, unit=CELL), OFFICE).refused("later_change", since=SUMMER)


def test_after_a_merger_the_successor_decides_and_the_former_office_no_more() -> None:
    merged = ORGANISATION.given(on(SUMMER, UnitMerged(unit=OTHER_COMMUNE, into=COMMUNE)))
    rename = decide(RenameUnit, AUTUMN, unit=FAR_CELL, name="Chi bộ bản xa")
    merged.at(SUMMER).when(rename, OFFICE).then(UnitRenamed(unit=FAR_CELL, name="Chi bộ bản xa"))
    merged.at(SUMMER).when(rename, OTHER_OFFICE).refused(
        "your_unit_ended", unit=OTHER_COMMUNE, since=SUMMER, successor=COMMUNE
    )
    merged.at(date(2018, 5, 31)).when(rename, OTHER_OFFICE).recorded()
    merged.when(decide(RenameUnit, AUTUMN, unit=OTHER_COMMUNE, name="Xã"), OFFICE).refused("unit_not_then")


def test_an_office_of_a_dissolved_unit_has_no_successor_to_turn_to() -> None:
    dissolved = ORGANISATION.given(on(SUMMER, UnitDissolved(unit=CELL)))
    command = decide(RegisterPerson, SPRING, person=MEMBER, unit=CELL, name="Lò Văn A")
    dissolved.when(command, SECRETARY).refused("your_unit_ended", unit=CELL, successor=None)


def test_a_unit_ends_when_nothing_stands_under_it_any_more() -> None:
    ORGANISATION.when(decide(DissolveUnit, SUMMER, unit=CELL), OFFICE).then(UnitDissolved(unit=CELL))
    ORGANISATION.when(decide(DissolveUnit, SUMMER, unit=COMMUNE), OFFICE).refused("units_below", unit=COMMUNE, count=2)
    emptied = ORGANISATION.given(
        on(SUMMER, UnitDissolved(unit=CELL)), on(SUMMER, UnitMerged(unit=SECOND_CELL, into=FAR_CELL))
    )
    emptied.when(decide(DissolveUnit, SUMMER, unit=COMMUNE), OFFICE).recorded()
    emptied.when(decide(DissolveUnit, date(2018, 5, 31), unit=COMMUNE), OFFICE).refused("units_below", count=2)


def test_who_dissolves_a_cell_is_told_what_is_left_in_it() -> None:
    command = decide(DissolveUnit, SUMMER, unit=CELL)
    left = ORGANISATION.attached(CELL, members=2, households=3, assignments=1)
    left.when(command, OFFICE).warned("left_in_unit", unit=CELL, members=2, households=3, groups=0, assignments=1).then(
        UnitDissolved(unit=CELL)
    )
    ORGANISATION.attached(SECOND_CELL, members=2).when(command, OFFICE).quietly()


def test_a_unit_that_one_is_to_stand_under_later_does_not_end_before() -> None:
    later = ORGANISATION.given(
        on(AUTUMN, UnitReparented(unit=FAR_CELL, parent=NEW)),
        on(START, UnitFounded(unit=NEW, kind=UnitKind.COMMUNE, name="Xã", parent=PROVINCE)),
    )
    later = given(*later.facts[:6], later.facts[7], later.facts[6])
    later.when(decide(DissolveUnit, SUMMER, unit=NEW), PROVINCIAL).refused("units_below", unit=NEW, count=1)


def test_a_person_is_registered_and_registered_again_with_another_name() -> None:
    command = decide(RegisterPerson, START, person=MEMBER, unit=CELL, name="Lò Văn A", contact="0900000000")
    body = PersonRegistered(person=MEMBER, name="Lò Văn A", contact="0900000000")
    ORGANISATION.when(command, SECRETARY).then(body, unit=CELL)
    COMMUNITY.when(command, SECRETARY).then(body)
    ORGANISATION.when(command, OTHER_OFFICE).refused("outside_your_unit", unit=CELL)


def test_nobody_elses_person_is_renamed() -> None:
    rename = decide(RegisterPerson, SPRING, person=MEMBER, unit=FAR_CELL, name="Tên khác")
    COMMUNITY.when(rename, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    no_member = ORGANISATION.given(on(START, PersonRegistered(person=MEMBER, name="s1:name"), CELL))
    no_member.when(rename, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    departed = COMMUNITY.given(on(SPRING, MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.LEFT)))
    departed.when(rename, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    departed.when(decide(RegisterPerson, SUMMER, person=MEMBER, unit=CELL, name="Tên khác"), OFFICE).recorded()


def test_a_unit_has_one_secretary_and_several_committee_members() -> None:
    appoint = decide(AppointOffice, SPRING, **SECRETARY_OF, person=MEMBER)
    body = OfficeAppointed(**SECRETARY_OF, person=MEMBER)
    appointed = COMMUNITY.when(appoint, OFFICE).then(body, unit=CELL)
    appointed.when(decide(AppointOffice, SUMMER, **SECRETARY_OF, person=COLLEAGUE), OFFICE).refused(
        "office_held", office="secretary", since=SPRING, person=MEMBER
    )
    appointed.when(decide(AppointOffice, START, **SECRETARY_OF, person=COLLEAGUE), OFFICE).refused("office_held")
    committee = {"unit": CELL, "office": OfficeKind.COMMITTEE_MEMBER}
    one = COMMUNITY.when(decide(AppointOffice, SPRING, **committee, person=MEMBER), OFFICE).recorded()
    one.when(decide(AppointOffice, SPRING, **committee, person=COLLEAGUE), OFFICE).recorded()
    one.when(decide(AppointOffice, SUMMER, **committee, person=MEMBER), OFFICE).refused("office_held")
    COMMUNITY.when(decide(AppointOffice, SPRING, **SECRETARY_OF, person=named("nobody")), OFFICE).refused(
        "person_unknown"
    )


def test_an_office_changes_hands_on_one_day() -> None:
    held = COMMUNITY.given(on(SPRING, OfficeAppointed(**SECRETARY_OF, person=MEMBER)))
    release = decide(ReleaseOffice, SUMMER, **SECRETARY_OF, person=MEMBER)
    released = held.when(release, OFFICE).then(OfficeReleased(**SECRETARY_OF, person=MEMBER))
    released.when(decide(AppointOffice, SUMMER, **SECRETARY_OF, person=COLLEAGUE), OFFICE).recorded()
    released.when(release, OFFICE).refused("office_not_held", office="secretary", day=SUMMER)
    early = decide(ReleaseOffice, date(2018, 2, 28), **SECRETARY_OF, person=MEMBER)
    held.when(early, OFFICE).refused("office_not_held")


def test_a_release_recorded_late_leaves_a_later_tenure_alone() -> None:
    twice = COMMUNITY.given(
        on(START, OfficeAppointed(**SECRETARY_OF, person=MEMBER)),
        on(SUMMER, OfficeReleased(**SECRETARY_OF, person=MEMBER)),
        on(AUTUMN, OfficeAppointed(**SECRETARY_OF, person=MEMBER)),
    )
    after = twice.when(decide(ReleaseOffice, SPRING, **SECRETARY_OF, person=MEMBER), OFFICE).recorded()
    after.when(decide(AppointOffice, AUTUMN, **SECRETARY_OF, person=COLLEAGUE), OFFICE).refused("office_held")
    after.when(decide(ReleaseOffice, AUTUMN, **SECRETARY_OF, person=MEMBER), OFFICE).recorded()


def test_somebody_acts_while_the_office_is_held() -> None:
    held = COMMUNITY.given(on(START, OfficeAppointed(**SECRETARY_OF, person=MEMBER)))
    act = decide(ActInOffice, SPRING, **SECRETARY_OF, person=COLLEAGUE, until=SUMMER)
    acting = held.when(act, OFFICE).then(OfficeActing(**SECRETARY_OF, person=COLLEAGUE, until=SUMMER))
    stop = decide(ReleaseOffice, SUMMER, **SECRETARY_OF, person=COLLEAGUE)
    acting.when(stop, OFFICE).refused("office_not_held", day=SUMMER)
    acting.when(decide(ReleaseOffice, date(2018, 5, 31), **SECRETARY_OF, person=COLLEAGUE), OFFICE).recorded()
    same_day = decide(ActInOffice, SPRING, **SECRETARY_OF, person=COLLEAGUE, until=SPRING)
    held.when(same_day, OFFICE).refused("ends_before_it_begins", since=SPRING, until=SPRING)
    elsewhere = decide(ActInOffice, SPRING, unit=FAR_CELL, office=OfficeKind.SECRETARY, person=STRANGER)
    held.when(elsewhere, OFFICE).refused("outside_your_unit")
