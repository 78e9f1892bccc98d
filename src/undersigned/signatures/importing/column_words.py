"""What the columns of people's sheets are called, in the languages of most of them."""

from undersigned.signatures.importing.text import fold

_WORDS = {
    "kind": "Kind|Type|Type of signatory|Signatory type|Type of signature|Category|Signing as|"
    "Tipo|Tipo de firmante|Tipo de firma|Categoría|Type de signataire|Catégorie|Art|Typ|"
    "Kategorie|Categoria|Tipo de signatário|النوع|نوع الموقع|الفئة|Soort|Rodzaj|Тип|Tür",
    "name": "Name|Names|Full name|Your name|Name and surname|Signatory|Signatories|Signed by|"
    "Representative|Name of representative|Contact person|Contact name|Signature|Individual|"
    "Person|Nombre|Nombre completo|Nombre y apellidos|Nombre y apellido|Nombres y apellidos|"
    "Firmante|Firmantes|Representante|Persona|Nom|Nom complet|Nom et prénom|Noms et prénoms|"
    "Prénom et nom|Signataire|Signataires|Personne|Représentant|Vollständiger Name|"
    "Vor- und Nachname|Vorname und Nachname|Vorname Name|Unterzeichner|Unterzeichnerin|"
    "Unterzeichnende|Nome|Nome completo|Nome e sobrenome|Signatário|Assinante|Pessoa|"
    "Nome e cognome|Firmatario|الاسم|الاسم الكامل|الموقع|الموقعون|اسم|Naam|Imię i nazwisko|"
    "Имя|ФИО|Ім'я|ПІБ|氏名|お名前|姓名|名前|이름|성명|नाम|Ad Soyad|İsim",
    "given": "First name|Given name|Given names|First names|Forename|Forenames|FirstName|FNAME|"
    "Prénom|Prénoms|Vorname|Vornamen|Nombre de pila|Nombres|Primer nombre|Nome próprio|"
    "Primeiro nome|Voornaam|Imię|الاسم الأول|Ad|名",
    "surname": "Last name|Surname|Family name|Surnames|LastName|LNAME|Nachname|Familienname|"
    "Nom de famille|Apellido|Apellidos|Sobrenome|Apelido|Último nome|Cognome|Achternaam|Nazwisko|"
    "اسم العائلة|اللقب|الكنية|Фамилия|Soyad|姓",
    "organisation": "Organisation|Organization|Organisations|Organizations|Organisation name|"
    "Organization name|Name of organisation|Name of organization|Name of the organisation|"
    "Name of the organization|Your organisation|Your organization|Association|NGO|Company|Group|"
    "Coalition|Network|CSO|Organización|Organizaciones|Nombre de la organización|Entidad|ONG|"
    "Colectivo|Asociación|Nom de l'organisation|Organisme|Nom de l'association|Structure|"
    "Name der Organisation|Verein|Verband|Initiative|Organização|Organizações|"
    "Nome da organização|Entidade|Coletivo|Associação|Organizzazione|Associazione|Ente|المنظمة|"
    "اسم المنظمة|المؤسسة|اسم المؤسسة|الجمعية|الجهة|منظمة|Organisatie|Organizacja|Организация|"
    "Організація|団体名|団体|机构|组织|組織|단체|단체명|संगठन|Kuruluş|Örgüt",
    "native_name": "Native name|Name in own language|Local name|Original name|Name in original "
    "language|Nombre original|Nombre en el idioma original|Nom d'origine|"
    "Nom dans la langue d'origine|Originalname|Name in der Originalsprache|Nome original|"
    "Nome na língua original|الاسم بلغته|الاسم الأصلي",
    "title": "Title|Position|Role|Job title|Your role|Position or title|Title/Position|Profession|"
    "Occupation|Designation|Cargo|Puesto|Función|Profesión|Ocupación|Título|Rol|Titre|Fonction|"
    "Qualité|Poste|Rôle|Métier|Titel|Funktion|Beruf|Rolle|Amt|Position in der Organisation|"
    "Função|Profissão|Ocupação|Ruolo|Professione|Qualifica|المنصب|الصفة|الوظيفة|المهنة|اللقب "
    "المهني|الدور|Functie|Beroep|Stanowisko|Должность|Посада|肩書|职务|職務|직책|Unvan",
    "affiliation": "Affiliation|Affiliations|Institution|Institutional affiliation|University|"
    "Employer|Institute|Workplace|Organisation/Affiliation|Organization/Affiliation|Afiliación|"
    "Filiación|Institución|Universidad|Affiliation institutionnelle|Établissement|Université|"
    "Employeur|Institut|Zugehörigkeit|Einrichtung|Universität|Hochschule|Arbeitgeber|"
    "Afiliação|Filiação|Instituição|Universidade|Affiliazione|Ente di appartenenza|الانتماء|"
    "جهة العمل|الجامعة|المعهد|Instelling|Afiliacja|Uczelnia|所属|单位|소속",
    "place": "Place|Location|Region|Area|Lugar|Ubicación|Región|Lieu|Région|Localisation|Ort|"
    "Region/Land|Local|Localização|Região|Luogo|المكان|الموقع الجغرافي|المنطقة|Plaats|Miejsce|"
    "Место",
    "country": "Country|Countries|Country/Region|Nation|Country of residence|Country code|"
    "Based in|País|Pais|País de residencia|Nación|Pays|Pays de résidence|Land|Staat|Wohnsitzland|"
    "País de residência|Paese|Nazione|البلد|الدولة|بلد|دولة|بلد الإقامة|Kraj|Страна|Країна|国|国家|"
    "国名|国家/地区|국가|देश|Ülke",
    "city": "City|Town|City/Town|Municipality|Ciudad|Localidad|Municipio|Ville|Commune|Localité|"
    "Stadt|Wohnort|Gemeinde|Cidade|Município|Localidade|Città|Comune|المدينة|مدينة|Stad|"
    "Woonplaats|Miasto|Город|Місто|城市|市|도시|Şehir",
    "website": "Website|Web site|Web|URL|Link|Homepage|Web page|Webpage|Sitio web|Página web|"
    "Web de la organización|Enlace|Site web|Site|Site internet|Lien|Webseite|Internetseite|Site da "
    "organização|Página|Sítio|Sito web|Sito|الموقع الإلكتروني|موقع الويب|الرابط|Strona www|Сайт|"
    "ウェブサイト|网站|網站|웹사이트",
    "email": "Email|E-mail|Email address|E-mail address|Mail|EMAIL|Contact email|Your email|"
    "Correo|Correo electrónico|E-mail de contacto|Dirección de correo|Courriel|Adresse e-mail|"
    "Adresse email|Adresse électronique|Mél|E-Mail-Adresse|Mailadresse|Endereço de e-mail|Correio "
    "eletrónico|Correio eletrônico|Indirizzo email|Posta elettronica|البريد الإلكتروني|الإيميل|"
    "بريد إلكتروني|البريد|E-mailadres|Adres e-mail|Электронная почта|Почта|メールアドレス|邮箱|"
    "电子邮件|이메일|ईमेल|E-posta",
    "language": "Language|Preferred language|Languages|Idioma|Idioma preferido|Lengua|Langue|"
    "Langue préférée|Sprache|Bevorzugte Sprache|Língua|Lingua|اللغة|اللغة المفضلة|Taal|Język|Язык|"
    "Мова|言語|语言|언어|भाषा|Dil",
    "date": "Date|Signed on|Date signed|Signature date|Date of signature|Timestamp|Submitted on|"
    "Submitted at|Submission date|Created|Created at|Fecha|Fecha de firma|Marca temporal|"
    "Fecha de envío|Date de signature|Horodateur|Date d'envoi|Datum|Zeitstempel|Unterzeichnet am|"
    "Datum der Unterschrift|Data|Data da assinatura|Carimbo de data/hora|Data di firma|"
    "Informazioni cronologiche|التاريخ|تاريخ التوقيع|طابع زمني|Tijdstempel|Дата|日付|日期|"
    "날짜|Tarih",
    "featured": "Featured|Highlighted|Prominent|Destacado|Destacada|Mis en avant|Hervorgehoben|"
    "Destaque|مميز",
    "consent_publication": "Consent to publication|Consent to publish|Publish|Publish my name|"
    "Publish name|Public|May be published|Name may be published|Consentimiento de publicación|"
    "Publicar|Publicar mi nombre|Público|Consentement à la publication|Publier|Publier mon nom|"
    "Einwilligung zur Veröffentlichung|Veröffentlichen|Name veröffentlichen|Öffentlich|"
    "Consentimento para publicação|Publicar o meu nome|Publicar meu nome|Consenso alla "
    "pubblicazione|الموافقة على النشر|نشر الاسم|النشر",
    "consent_updates": "Consent to updates|Updates|Newsletter|Send me updates|Keep me informed|"
    "Opt-in|Opt in|Subscribe|Mailing list|Consentimiento para novedades|Novedades|Boletín|"
    "Actualizaciones|Consentement aux nouvelles|Lettre d'information|Infolettre|Nouvelles|"
    "Einwilligung zu Neuigkeiten|Neuigkeiten|Rundbrief|Consentimento para novidades|Novidades|"
    "Boletim|Consenso agli aggiornamenti|Aggiornamenti|الموافقة على التحديثات|التحديثات|"
    "النشرة البريدية",
}
WORDS = {fold(word): holds for holds, words in _WORDS.items() for word in words.split("|")}
"""What a column holds, by its whole name, folded."""

_PHRASES = {
    "email": "email|e mail|correo electronico|courriel|mailadresse|البريد",
    "consent_updates": "newsletter|updates|keep me informed|mailing list|novedades|informe de|"
    "recevoir des nouvelles|neuigkeiten|auf dem laufenden|novidades|التحديثات",
    "consent_publication": "publish|published|publicly|publicar|publique|publier|publication|"
    "veroffentlich|consent|consentimiento|consentement|einwilligung|نشر",
    "website": "website|web site|web page|sitio web|site web|webseite|url|homepage|"
    "الموقع الالكتروني",
    "date": "date|timestamp|fecha|datum|data da|horodat",
    "language": "language|idioma|langue|sprache|lingua|اللغه",
    "country": "country|countries|pais|pays|in welchem land|paese|البلد|الدوله|страна",
    "city": "city|town|ciudad|ville|stadt|cidade|المدينه",
    "title": "job title|position|your role|role in|cargo|fonction|funktion|funcao|occupation|"
    "profession|المنصب|الوظيفه",
    "affiliation": "affiliation|institution|university|afiliacion|institucion|universidad|"
    "universite|zugehorigkeit|instituicao|universidade|الجامعه",
    "organisation": "organisation|organization|organizacion|organizacao|association|ngo|"
    "collective|المنظمه|المؤسسه|организаци",
    "given": "first name|given name|prenom|vorname|primer nombre|primeiro nome",
    "surname": "last name|surname|family name|nom de famille|nachname|apellido|sobrenome",
    "place": "where are you|location|place|region|lugar|lieu|luogo",
    "name": "name|names|nombre|nom|nome|اسم|الاسم|имя|naam",
}
PHRASES = tuple(
    (holds, tuple(f" {fold(phrase)} " for phrase in phrases.split("|")))
    for holds, phrases in _PHRASES.items()
)
"""What a column holds, by words in a longer name; the first that fits counts."""
