"""Headings of a campaign page, in many languages.

A heading of a list is known by its words: at least one that names a list, and beside it only
words that headings have ("List of supporting organisations (193)").
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from undersigned.signatures.importing.signatories import Kind
from undersigned.signatures.importing.text import fold


class Section(StrEnum):
    """The part of a page that a heading opens."""

    CALL = "call to sign"
    WAYS = "ways to help"
    RELATED = "related campaigns"
    SIGNATORIES = "signatories"
    DRAFTERS = "drafters"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says; `count` is the number of rows that it promises."""

    section: Section
    kind: Kind | None = None
    featured: bool = False
    count: int | None = None


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold(word) for word in listed.split())


_ORGANISATIONS = _words(
    """
    organisational organizational universities والمؤسسات والجمعيات 連署団体 联署机构名单
    签署机构名单
    organisation organisations organization organizations organisationen organizaciones
    organización organizacion organizações organização organizzazioni organizzazione
    organisaties organisatie organisaatiot organizacje organizácie organizace organizații
    organizasyonlar kuruluşlar örgütler organisationer organisasjoner szervezetek organizacije
    groups group groupes grupos gruppen gruppi ngos ngo ongs ong nros csos cso associations
    association asociaciones associações associazioni verbände vereine verenigingen institutions
    institution instituciones instituições institutionen networks réseaux redes netzwerke
    coalitions unions syndicats sindicatos gewerkschaften companies businesses empresas
    entreprises unternehmen collectives collectifs colectivos coletivos entities entidades
    coalition parties collettivi enti foundations организации організації организаций οργανώσεις
    ארגונים المنظمات منظمات المؤسسات مؤسسات الجمعيات جمعيات الهيئات سازمانها 団体 署名団体
    賛同団体 団体一覧 賛同団体一覧 署名団体一覧 組織 机构 機構 组织 團體 签署机构 联署机构
    联署团体 联署组织 단체 참여단체 연명단체 संगठन संस्थाएं संस्थाएँ องค์กร รายชื่อองค์กร
    အဖွဲ့အစည်းများ
    """
)
_INDIVIDUALS = _words(
    """
    individual individuals people persons person personas particulares particuliers individus
    personnes einzelpersonen personen privatpersonen individuos individuais pessoas persone
    individui osoby henkilöt privatpersoner enkeltpersoner bireyler kişiler academics academic
    scholars experts expert researchers professors scientists activists technologists lawyers
    journalists personnalités personalidades personalities chercheurs chercheuses universitaires
    académicos académicas acadêmicos wissenschaftler wissenschaftlerinnen expertes expertos
    expertas accademici pessoais individuales individuelles students authors artists artistes
    artistas أفراد الأفراد الشخصيات شخصيات 個人 个人 個人賛同者 賛同人 개인 व्यक्ति व्यक्तिगत บุคคล
    лица физлица люди физические частные личности особи άτομα יחידים
    """
)
_SIGNATORIES = _words(
    """
    cosignatories cosigners firmado firmada firmados mitzeichnende mitzeichner ons
    signatories signatory signers signer signees signed undersigned signatures signature signing
    signataire signataires soussignés soussignées firmantes firmas firman firmante signatarios
    signatários signatárias signatarias assinaturas assinam assinantes firmatari firmatarie
    firmano suscriben suscribimos adhesiones abajofirmantes unterzeichner unterzeichnende
    unterzeichnenden unterzeichnerinnen erstunterzeichner erstunterzeichnerinnen
    erstunterzeichnende unterschriften unterzeichnet mitunterzeichnende ondertekenaars
    ondertekend endorsers endorser endorsements endorsed endorsing supporters supporter
    supported supporting unterstützer unterstützerinnen unterstützende sygnatariusze podpisy
    podpisani undertecknare undertecknat underskrivere allekirjoittajat imzacılar imzalayanlar
    podepsaní aláírók semnatari potpisnici potpisnice подписанты подписи подписали підписанти
    υπογράφοντες חותמים الموقعون الموقعين الموقعات الموقعة موقعون الموقعه التوقيعات التواقيع
    امضاکنندگان 署名者 署名 賛同者 賛同者一覧 署名者一覧 呼びかけ人 签署者 签署人 签名 联署人
    联署 聯署 簽署者 签署方 연명 서명 서명자 हस्ताक्षरकर्ता हस्ताक्षर ผู้ลงนาม ลงนาม รายชื่อผู้ลงนาม
    လက်မှတ်ရေးထိုးသူများ
    """
)
_BESIDE = _words(
    """
    is are on behalf trade members abajo على البيان الرسالة هذه هذا
    the our of list all and or by from following in alphabetical order international national
    local regional global civil society participating initial first featured lead co so far as
    have has been this letter open statement joint call with to who that we are support for
    current total names name additional other others key notable prominent human rights digital
    other non governmental profit european community based sign on endorsement des de les la le
    liste premiers premières premier première par et ordre alphabétique soutien ont signé qui
    individuels société civile nationales internationales locales autres lettre ouverte
    nationaux internationaux appel cette du cosignataires lista listado primeros primeras
    primeiros primeiras las los el que sociedad civil y por nacionales internacionales locales
    otras otros carta abierta esta nacionais internacionais da das do dos e sociedade as os com
    en a liste der die und von offener brief zivilgesellschaft einzelne alle weitere als elenco
    delle dei della le gli i tra lijst van en список перечень и всех قائمة لائحة و مدنية المدنية
    المدني المجتمع الأفراد 一覧 の と 名单 名單 列表 목록 सूची รายชื่อ
    """
)
_FEATURED = _words(
    """
    featured first initial premiers premières premier première primeros primeras primeiros
    primeiras erstunterzeichner erstunterzeichnerinnen erstunterzeichnende prominent notable key
    primi
    """
)
_AS_OF = re.compile(r"\b(?:as of|as at|au|al|stand|à la date du|updated)\b.{0,40}$", re.IGNORECASE)
_COUNT = re.compile(r"(?<!\d)\d{1,3}(?:[ ,.]\d{3})+(?!\d)|\d+")
_GENDERED = re.compile(r"[*:_·•/](?=innen\b|in\b|es?\b|a?s\b)", re.IGNORECASE)
_LONGEST = 100

_OTHERS = (
    (
        Section.WAYS,
        re.compile(
            r"(?:other |more |further )?(?:ways|things) (?:to|you can) "
            r"(?:get involved|help|act|do|support|take action)(?: .{0,20})?"
            r"|how (?:to|you can|can you) (?:help|get involved|support)(?: .{0,20})?|get involved|"
            r"take action|what (?:else )?(?:you can|can you|can i) do(?: .{0,20})?|"
            r"(?:autres )?(?:facons|moyens) d ?(?:agir|aider|e participer)|comment (?:aider|agir)|"
            r"agir|(?:otras )?formas de (?:ayudar|participar)|como (?:ayudar|participar|ajudar)|"
            r"que (?:puedes|mas puedes) hacer|(?:outras )?formas de (?:ajudar|participar)|"
            r"(?:weitere )?moglichkeiten(?: .{0,30})?|was sie tun konnen|was du tun kannst|"
            r"mitmachen|altri modi per .{0,30}|طرق اخري .{0,30}|كيف .{0,20}تساعد"
        ),
    ),
    (
        Section.RELATED,
        re.compile(
            r"(?:related|other|sister|similar) (?:campaigns?|actions?|initiatives?|letters?)|"
            r"(?:autres )?campagnes (?:liees|associees|connexes)|"
            r"campanas? (?:relacionadas?|afines)|campanhas? relacionadas?|"
            r"(?:verwandte|andere|weitere) kampagnen|campagne correlate|حملات ذات صله|حملات مرتبطه"
        ),
    ),
    (
        Section.DRAFTERS,
        re.compile(
            r"(?:the )?(?:drafters?|drafted by|drafting (?:organi[sz]ations|committee|group)|"
            r"initiators?|initiated by|convenors?|convened by|conveners?|authors|written by|"
            r"initiateurs|redige par|redaction|redactores|redactado por|impulsado por|"
            r"convocantes|redigido por|verfasser|verfasst von|initiatoren|initiatorinnen)"
        ),
    ),
    (
        Section.CONTACTS,
        re.compile(
            r"(?:media |press )?(?:contacts?|inquiries|enquiries)(?: (?:us|information|details))?|"
            r"about (?:us|this (?:letter|campaign))|notes to editors|contacto|contactos|contato|"
            r"kontakt|pressekontakt|contact presse|contatti|اتصل بنا|للتواصل|お問い合わせ|联系我们"
        ),
    ),
    (
        Section.CALL,
        re.compile(
            r"(?:sign|join|endorse|add your (?:name|signature|organi[sz]ation))"
            r"(?: (?:the|this|our|on|now|up|us|to|here|today|open|letter|statement|petition|call|"
            r"campaign|and|get|updates|as|an|individual|organi[sz]ation|name|your|add)){0,9}|"
            r"sign (?:the|this|our) (?:open )?(?:letter|statement|petition)\b.{0,40}|"
            r"signez?(?: .{0,40})|je signe|"
            r"firma(?:r|d)? (?:la|el|esta|este|ahora|aqui|ya)\b.{0,40}|"
            r"assine(?: .{0,40})|jetzt (?:unterschreiben|unterzeichnen)|(?:brief )?"
            r"(?:unterschreiben|unterzeichnen)(?: .{0,30})?|"
            r"firma (?:la lettera|ora|anche tu).{0,30}|"
            r"وقع(?:وا)? .{0,30}|وقع|署名する|立即签署|签署公开信"
        ),
    ),
)
_PLAIN_MARKUP = re.compile(r"^(?:#{1,6}\s+|={2,}\s*|\*\*|__)|(?:\s*={2,}|\*\*|__|\s*#+)$")


@lru_cache(maxsize=4096)
def find_heading(text: str) -> Heading | None:
    """Return what `text` is a heading of, or None."""
    if len(text) > 2 * _LONGEST:
        return None
    text = _PLAIN_MARKUP.sub("", text.strip()).strip()
    if not text or len(text) > _LONGEST or text.endswith(";"):
        return None
    folded = fold(text)
    for section, pattern in _OTHERS:
        if pattern.fullmatch(folded):
            return Heading(section)
    return _find_list_heading(text)


def _find_list_heading(text: str) -> Heading | None:
    text = _GENDERED.sub("", _AS_OF.sub("", text))
    counts = _COUNT.findall(text)
    words = fold(_COUNT.sub(" ", text)).split()
    known = _ORGANISATIONS | _INDIVIDUALS | _SIGNATORIES | _BESIDE
    if len(words) > 14 or len(counts) > 1 or not all(word in known for word in words):
        return None
    organisations = any(word in _ORGANISATIONS for word in words)
    individuals = any(word in _INDIVIDUALS for word in words)
    if not (organisations or individuals or any(word in _SIGNATORIES for word in words)):
        return None
    kind = None
    if organisations is not individuals:
        kind = Kind.ORGANISATION if organisations else Kind.INDIVIDUAL
    return Heading(
        Section.SIGNATORIES,
        kind=kind,
        featured=any(word in _FEATURED for word in words),
        count=int(re.sub(r"\D", "", counts[0])) if counts else None,
    )
