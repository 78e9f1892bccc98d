"""What a list says, in the shapes that tests compare."""

from undersigned.signatures.importing import Proposal, propose_list

Organisations = list[tuple[str, str, str | None]]
People = list[tuple[str, str, str]]


def organisations(proposal: Proposal) -> Organisations:
    """Name, place and country of each organisation, all suggestions accepted."""
    return [(row.name, row.place, row.country) for row in proposal.accept_all().organisations]


def people(proposal: Proposal) -> People:
    """Name, title and affiliation of each individual, all suggestions accepted."""
    reading = proposal.accept_all()
    return [(row.name, row.title, row.affiliation) for row in reading.featured + reading.others]


def codes(proposal: Proposal) -> list[str]:
    """The codes of all flags, sorted."""
    return sorted(flag.code.value for flag in proposal.flags)


def as_written(proposal: Proposal) -> Organisations:
    """Name, place and country of each organisation, all suggestions declined."""
    return [(row.name, row.place, row.country) for row in proposal.accept([]).organisations]


def one_organisation(text: str) -> tuple[str, str, str | None]:
    """The single organisation of a list."""
    (found,) = organisations(propose_list(text, "organisation"))
    return found


def one_person(text: str) -> tuple[str, str, str]:
    """The single individual of a list."""
    (found,) = people(propose_list(text, "individual"))
    return found
