"""The words that headings of lists are made of, in many languages.

All are compared folded (see `text.fold`).
"""

from undersigned.signatures.importing.text import fold


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold(word) for word in listed.split())


ORGANISATIONS = _words(
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
    aderenti unterstützerorganisationen verbaende initiativen initiativer instituties
    stichtingen kolektif kolektifler derneği sendikalar stowarzyszenia fundacje ngo's ngo’s
    vakıflar dernekler kurumlar объединения спілки
    об'єднання 呼びかけ団体 呼掛団体 団体賛同 賛同団体名 参加団体 加盟団体
    構成団体 参与团体 連署團體 聯署團體 联署机构 發起團體 发起团体 团体 단체명
    참가단체 동참단체 संगठनों محلية نهادها
    """
)
"""Organisations that sign."""
INDIVIDUALS = _words(
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
    figures politicians parliamentarians meps mps mp senators councillors économistes
    sociologues juristes avocats avocates médecins élus élues citoyens citoyennes físicas
    físicos fisicas fisiche profesoras profesores profesionales intelectuales políticos
    politiker politikerinnen abgeordnete professorinnen professoren juristinnen juristen
    künstlerinnen künstler ärztinnen ärzte docenti ricercatori giornalisti hoogleraren
    wetenschappers naukowcy osobowe fizyczne indywidualne indywidualni академіки науковці
    фізичні اشخاص افراد 個人呼びかけ人 賛同個人 個人賛同 呼びかけ人 呼掛人 联署个人
    联署人名单 聯署人 연명자 참여자 개인연명 व्यक्तियों
    """
)
"""People who sign."""
SIGNATORIES = _words(
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
    cosignataires cosignés cosignataire signé signés soussigné firmas suscriptores suscritos
    suscrito adherentes adhieren adesioni adesões aderiscono sottoscritti sottoscrittori
    subscrevem subscritores subscritoras assinado assinada mitunterzeichner
    mitunterzeichnerinnen unterzeichnete unterstützung zeichnende ondertekening podpisano
    sygnatariuszki подписались подписавшиеся подписанты підписали підписанты підписантки
    підписались imzalar imza imzacı imzalayan امضا امضاها امضاکننده المؤيدون 連署
    賛同 聯署 联名 连署 联署名单 서명인 연서 समर्थक
    """
)
"""Whoever signs."""
BESIDE = _words(
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
    last ai with their them undersigned parmi ci dessous suite título titulo individual weitere
    zeichnen mit sowie individueel namens primi prime personal
    oraz między poniżej під цим нижче ниже bu
    aşağıda olarak adıyla این نامه بیانیه های های‌ به شرح
    زیر 及 和 順 順不同 敬称略 order alphabetically
    alphabet alphabetische reihenfolge ordine alfabetico ordem alfabética personnel full
    complete completa complète vollständige volledige
    """
)
"""What stands beside these in the heading of a list."""
FEATURED = _words(
    """
    featured first initial premiers premières premier première primeros primeras primeiros
    primeiras erstunterzeichner erstunterzeichnerinnen erstunterzeichnende prominent notable key
    primi
    voornaamste
    """
)
"""A list with these has the people who are shown one by one."""
NAME_LIKE = _words(
    """
    human rights digital open european international global social civil society community people
    national local
    """
)
"""Words beside these that names of organisations have too: Open Rights Group."""
SINGULAR = _words(
    """
    organisation organization organización organização organizzazione organisatie group groupe
    grupo association institution coalition university organizational organisational academic
    """
)
"""A list is rarely headed by one of these; a name often has it."""
PURPOSE = _words("for pour para por für per")
