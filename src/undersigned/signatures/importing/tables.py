"""Tables with a row of column names: what stands in a cell is known by its column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from undersigned.signatures.importing.brackets import at_commas
from undersigned.signatures.importing.text import fold


def _named(listed: str) -> frozenset[str]:
    return frozenset(fold(phrase) for phrase in listed.split("|"))


_COLUMNS = {
    "name": _named(
        "Name|Names|Full name|Signatory|Signatories|Signed by|Representative|Signature|Nom|"
        "Nom et prénom|Prénom et nom|Nombre|Nombre completo|Nombre y apellidos|Firmante|Nome|"
        "Nome completo|Nome e cognome|Contact person|"
        "Naam|Imię i nazwisko|Имя|ФИО|الاسم|氏名|お名前|"
        "姓名|名前|이름|नाम|Unterzeichner|Unterzeichnende|Signataire|Firmatario|Individual"
    ),
    "given": _named(
        "First name|Given name|Given names|Prénom|Vorname|Nombres|Primeiro nome|Voornaam|Forename"
    ),
    "surname": _named(
        "Last name|Surname|Family name|Nachname|Nom de famille|Apellido|Apellidos|Sobrenome|"
        "Cognome|Achternaam"
    ),
    "organisation": _named(
        "Organisation|Organization|Organisation name|Organization name|Name of organisation|"
        "Name of organization|Organisations|Organizations|Organización|Organizaciones|Organização|"
        "Organizzazione|Organisatie|Organizacja|Association|Asociación|Associazione|NGO|ONG|"
        "Company|Group|Entidad|Entidade|Ente|Verein|Verband|Организация|Організація|المنظمة|المؤسسة|"
        "団体名|団体|机构|组织|組織|단체|단체명|संगठन|Name of the organisation|"
        "Name of the organization"
    ),
    "affiliation": _named(
        "Affiliation|Affiliations|Institution|University|Employer|Institute|Afiliación|"
        "Institución|Instituição|Universidad|Université|Universität|Institut|Établissement|Ente di "
        "appartenenza|Affiliazione|Instelling|Afiliacja|Uczelnia|Organisation/Affiliation|所属|单位|소속"
    ),
    "title": _named(
        "Title|Position|Role|Job title|Profession|Occupation|Titre|Fonction|Qualité|Profession|"
        "Cargo|Profesión|Titel|Funktion|Beruf|Função|Profissão|Ruolo|Professione|Functie|Beroep|"
        "Stanowisko|Должность|肩書|职务|직책|المنصب|الصفة"
    ),
    "country": _named(
        "Country|Countries|Place|Location|Region|Country/Region|Nation|Pays|País|Land|Paese|Kraj|"
        "Страна|Країна|البلد|الدولة|国|国家|国名|국가|देश|Ülke"
    ),
    "city": _named("City|Town|Ville|Ciudad|Cidade|Stadt|Ort|Città|Stad|Miasto|Город|المدينة|城市"),
    "website": _named("Website|Web|URL|Link|Site web|Sitio web|Webseite|Sito web|Site"),
    "none": _named(
        "No|No.|Nr|Nr.|N°|Nº|#|Num|Number|Type|Date|Signed|Email|E-mail|Mail|Lfd Nr|Núm|Número|Lp|"
        "Time|Timestamp|Logo|番号|序号|번호"
    ),
}
_ROLE_OF = {label: role for role, labels in _COLUMNS.items() for label in labels}


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table: what each holds, in their order."""

    roles: tuple[str, ...]

    def read(self, text: str) -> dict[str, str] | None:
        """Return what stands under each column, or None if the cells are too many or too few."""
        cells = cells_of(text)
        if len(cells) == len(self.roles) + 1 and "none" not in self.roles:
            cells = cells[1:] if cells[0].strip(" .)").isdigit() else cells
        while len(cells) > len(self.roles) and not cells[-1]:
            cells = cells[:-1]
        cells += [""] * (len(self.roles) - len(cells)) if "\t" in text or "|" in text else []
        if len(cells) != len(self.roles):
            return None
        found = dict(zip(self.roles, cells, strict=True))
        found.pop("none", None)
        given, surname = found.pop("given", ""), found.pop("surname", "")
        if given or surname:
            found["name"] = " ".join(part for part in (given, surname or found.get("name")) if part)
        return found


def find_columns(text: str) -> tuple[str, ...]:
    """Return what the cells of `text` hold if they are names of columns, or nothing."""
    if len(text) > 300:
        return ()
    cells = cells_of(text)
    if len(cells) == 1:
        cells = at_commas(text)
    roles = tuple(_ROLE_OF.get(fold(cell), "") for cell in cells)
    return roles if len(roles) > 1 and all(roles) else ()


def find_header(text: str) -> Header | None:
    """Return the columns that `text` names, or None if they do not say who signs."""
    roles = find_columns(text)
    told = [role for role in roles if role != "none"]
    names = {"name", "organisation", "surname", "given"}
    if len(told) < 2 or len(set(told)) != len(told) or not names & set(told):
        return None
    return Header(roles)


_EDGES = re.compile(r"^\s*[|｜]\s*|\s*[|｜]\s*$")
_BETWEEN = re.compile(r"\s*[|｜]\s*")


def cells_of(text: str) -> list[str]:
    """Part a row at its strokes, or its tabs, or its gaps of two spaces; empty cells stay."""
    if "|" in text or "｜" in text:
        return [cell.strip() for cell in _BETWEEN.split(_EDGES.sub("", text))]
    if "\t" in text:
        return [cell.strip() for cell in text.strip("\n").split("\t")]
    return [cell.strip() for cell in re.split(" {2,}", text.strip())]


def with_gaps(texts: Sequence[str]) -> bool:
    """Tell whether most rows are parted into as many columns by gaps of two spaces."""
    counts = [len(cells_of(text)) for text in texts if "\t" not in text and "|" not in text]
    usual = max(set(counts), key=counts.count, default=1)
    return usual > 1 and counts.count(usual) * 5 >= len(texts) * 4 and len(texts) > 1
