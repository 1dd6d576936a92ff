"""Who a person is: the enterprises they act for and the areas they act in.

One query each, kept on the user object of the request.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from torch_portal.accounts.enums import MemberRole, OfficeRole
from torch_portal.accounts.models import Appointment, Membership, User

Person = User | AnonymousUser


class Denied(PermissionDenied):
    """This person may not do this; the message says why. Pages answer 403 with it."""


@dataclass(frozen=True)
class Standing:
    """All roles of one person.

    owner_of, filer_of, member_of: ids of enterprises. The office areas are agency ids and
    jurisdiction codes per role; None among the jurisdictions means the whole country.
    """

    owner_of: frozenset[int] = frozenset()
    filer_of: frozenset[int] = frozenset()
    member_of: frozenset[int] = frozenset()
    agencies: frozenset[tuple[str, int]] = frozenset()
    jurisdictions: frozenset[tuple[str, str | None]] = frozenset()

    @property
    def in_office(self) -> bool:
        """Has any role at an authority."""
        return bool(self.agencies or self.jurisdictions)

    def has_office(self, *roles: str) -> bool:
        """Has one of these roles at some authority."""
        return any(role in roles for role, _where in (*self.agencies, *self.jurisdictions))


def standing(user: Person) -> Standing:
    """The roles of this person; nobody's for a visitor."""
    if not isinstance(user, User) or not user.is_active:
        return Standing()
    known = user.__dict__.get("_standing")
    if known is None:
        known = user.__dict__["_standing"] = _read_standing(user)
    return known


def _read_standing(user: User) -> Standing:
    """Memberships and appointments together, in one query."""
    nowhere = Value(None, output_field=CharField())
    rows = (
        Membership.objects.filter(user=user)
        .values_list(Value("member"), "role", "enterprise_id", nowhere)
        .union(
            Appointment.objects.filter(user=user).values_list(
                Value("office"), "role", "agency_id", "jurisdiction_id"
            ),
            all=True,
        )
    )
    members = [(role, place) for kind, role, place, _area in rows if kind == "member"]
    offices = [(role, agency, area) for kind, role, agency, area in rows if kind == "office"]
    return Standing(
        owner_of=frozenset(e for role, e in members if role == MemberRole.OWNER),
        filer_of=frozenset(e for role, e in members if role != MemberRole.READER),
        member_of=frozenset(e for _role, e in members),
        agencies=frozenset((role, agency) for role, agency, _area in offices if agency),
        jurisdictions=frozenset((role, area) for role, agency, area in offices if not agency),
    )


def is_reviewer(user: Person) -> bool:
    """Holds a reviewer's appointment somewhere."""
    return standing(user).has_office(OfficeRole.REVIEWER)


def is_official(user: Person) -> bool:
    """Holds an official's appointment somewhere."""
    return standing(user).has_office(OfficeRole.OFFICIAL)


def is_operator(user: Person) -> bool:
    """Keeps the installation: people, agencies, settings; decides nothing."""
    return standing(user).has_office(OfficeRole.OPERATOR)


def official_areas(user: Person) -> set[str | None]:
    """The jurisdictions whose official this person is; None among them is the whole country."""
    return {area for role, area in standing(user).jurisdictions if role == OfficeRole.OFFICIAL}


def governs(user: Person, jurisdiction_id: str | None) -> bool:
    """Is an official of this jurisdiction or of the whole country (None: of the country only)."""
    areas = official_areas(user)
    return None in areas or (jurisdiction_id is not None and jurisdiction_id in areas)


def check_filer(user: Person, enterprise_id: int) -> None:
    """Refuse who may not file for this enterprise."""
    if enterprise_id not in standing(user).filer_of:
        raise Denied(_("You may not file for this enterprise. Ask its owner for the role."))


def check_owner(user: Person, enterprise_id: int) -> None:
    """Refuse who does not keep the accounts of this enterprise."""
    if enterprise_id not in standing(user).owner_of:
        raise Denied(_("Only an owner of the enterprise may do this."))


def check_not_own(user: Person, enterprise_id: int) -> None:
    """Refuse to decide a filing of an enterprise to which the person belongs."""
    if enterprise_id in standing(user).member_of:
        raise Denied(_("You belong to this enterprise, so somebody else has to decide its filing."))


def reviewers_beside(user: Person) -> list[User]:
    """The reviewers of the person's own agencies and areas, by name; oneself among them."""
    roles = standing(user)
    place = Q(appointments__agency__in=[a for _role, a in roles.agencies])
    areas = [a for _role, a in roles.jurisdictions if a]
    place |= Q(appointments__agency=None, appointments__jurisdiction__in=areas)
    reviewer = Q(appointments__role=OfficeRole.REVIEWER)
    return by_name(User.objects.filter(place & reviewer, is_active=True))


def by_name(people: QuerySet[User]) -> list[User]:
    """Each person once, in the order of the names as they are written."""
    return sorted(people.distinct(), key=lambda p: (p.get_full_name(), p.pk))
