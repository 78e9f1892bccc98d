"""Invented lists, each in a shape that real pages have, with what a careful person reads in it."""

from dataclasses import dataclass, field

from tests.signatures.importing.reading import Organisations, People


@dataclass(frozen=True)
class Shape:
    """A list; the rows that it has; the codes of what must be flagged."""

    text: str
    organisations: Organisations = field(default_factory=list)
    people: People = field(default_factory=list)
    flagged: tuple[str, ...] = ()
    kind: str | None = None


SHAPES = {
    "numbered, comma and country": Shape(
        """1. Example Watch, Kenya
2) Institute for Invented Studies, Nairobi, Kenya
(3) Bar Association of Nowhere, Rio de Janeiro, Brazil
4. Center on Class, Illness, and the Law, USA
5. Foro de Ejemplo, FDE, Perú
6. Sample Rights Centre, Brazill
and 300 others""",
        organisations=[
            ("Example Watch", "Kenya", "KE"),
            ("Institute for Invented Studies", "Kenya", "KE"),
            ("Bar Association of Nowhere", "Brazil", "BR"),
            ("Center on Class, Illness, and the Law", "USA", "US"),
            ("Foro de Ejemplo, FDE", "Perú", "PE"),
            ("Sample Rights Centre", "Brazill", "BR"),
        ],
        flagged=("not_a_signer", "place_misspelt"),
    ),
    "bullets and dashes": Shape(
        """• BeispielWatch e.V. – Germany
• IFE – International Federation of Examples – France
• La Ligue Exemple — Côte d’Ivoire
· Xample Group - Spain
– D9 – Defesa dos Exemplos – Portugal
• Lab909 Group – FACEX-UX""",
        organisations=[
            ("BeispielWatch e.V.", "Germany", "DE"),
            ("IFE – International Federation of Examples", "France", "FR"),
            ("La Ligue Exemple", "Côte d’Ivoire", "CI"),
            ("Xample Group", "Spain", "ES"),
            ("D9 – Defesa dos Exemplos", "Portugal", "PT"),
            ("Lab909 Group – FACEX-UX", "", None),
        ],
        flagged=("place_missing",),
    ),
    "bare lines without places": Shape(
        """Example Now
Sample International
Article 99
PEX
Center for X, Y and Z
Media Foundation, Accra
Ejemplo Sur, Jinotepe""",
        organisations=[
            ("Example Now", "", None),
            ("Sample International", "", None),
            ("Article 99", "", None),
            ("PEX", "", None),
            ("Center for X, Y and Z", "", None),
            ("Media Foundation", "Accra", "GH"),
            ("Ejemplo Sur, Jinotepe", "", None),
        ],
        flagged=("comma_unsure", "place_is_city"),
        kind="organisation",
    ),
    "French, a semicolon after each": Shape(
        """Mme Claire Exemple, maîtresse de conférences, Université d’Exemple ;
M. Jean-Paul Modèle, avocat au barreau de Paris ;
Dr Awa Échantillon, médecin, Dakar, Sénégal ;
Élise Type, présidente de l’association « Les Amis » ;
et Paul Essai, journaliste.
et 250 autres signataires""",
        people=[
            ("Mme Claire Exemple", "maîtresse de conférences", "Université d’Exemple"),
            ("M. Jean-Paul Modèle", "avocat au barreau de Paris", ""),
            ("Dr Awa Échantillon", "médecin", ""),
            ("Élise Type", "présidente de l’association « Les Amis »", ""),
            ("Paul Essai", "journaliste", ""),
        ],
        flagged=("not_a_signer",),
    ),
    "honorifics, suffixes, brackets": Shape(
        """1) Prof. Dr. Jane Example, Professor of Law, University of Samples, UK
2) John Sample, Jr., PhD, Director, Foo Institute
3) Adv. Ravi Udaharan (Independent)
4) Shri Mohan Namuna, Social Activist, New Delhi, India
5) Rev. Mary Proof, on behalf of Church of Peace
6) Maria Ejemplo – Universidad de Chile
7) Li Yang (Example University, China)
8) Robert Model, Jordan
9) Sir Tim Test
10) Hon. Jane Trial, MP
*Affiliations for identification purposes only""",
        people=[
            ("Prof. Dr. Jane Example", "Professor of Law", "University of Samples"),
            ("John Sample, Jr., PhD", "Director", "Foo Institute"),
            ("Adv. Ravi Udaharan", "Independent", ""),
            ("Shri Mohan Namuna", "Social Activist", ""),
            ("Rev. Mary Proof", "", "Church of Peace"),
            ("Maria Ejemplo", "", "Universidad de Chile"),
            ("Li Yang", "", "Example University"),
            ("Robert Model", "", ""),
            ("Sir Tim Test", "", ""),
            ("Hon. Jane Trial, MP", "", ""),
        ],
        flagged=("not_a_signer",),
        kind="individual",
    ),
    "surnames first": Shape(
        "Doe, Jane\nSample, John, Professor, Foo University\nEjemplo, María José\nMuster, Hans",
        people=[
            ("Jane Doe", "", ""),
            ("John Sample", "Professor", "Foo University"),
            ("María José Ejemplo", "", ""),
            ("Hans Muster", "", ""),
        ],
        flagged=("surname_first",),
        kind="individual",
    ),
    "grouped under countries": Shape(
        """Argentina
Asociación por los Ejemplos
Fundación Vía Ejemplar

Brazil (2):
Exemplo Rights Group
ExemploLab Group

Europe
European Examples Network

Kashmir
Example Rights Group of the Valley""",
        organisations=[
            ("Asociación por los Ejemplos", "Argentina", "AR"),
            ("Fundación Vía Ejemplar", "Argentina", "AR"),
            ("Exemplo Rights Group", "Brazil", "BR"),
            ("ExemploLab Group", "Brazil", "BR"),
            ("European Examples Network", "Europe", None),
            ("Example Rights Group of the Valley", "Kashmir", None),
        ],
        flagged=("place_contested",),
    ),
    "bullets under other headings": Shape(
        """Africa:
- Example Initiative (Nigeria)
- KENEX Network
Miscellany:
- UNEX Union
- exampleAll
- ITEX Federation""",
        organisations=[
            ("Example Initiative", "Nigeria", "NG"),
            ("KENEX Network", "Africa", None),
            ("UNEX Union", "", None),
            ("exampleAll", "", None),
            ("ITEX Federation", "", None),
        ],
        flagged=("subheading",),
    ),
    "rows broken over two lines": Shape(
        """- Centro de Estudos de Exemplos da Universidade de
  Nenhures (Brazil)
- Example Now Society (Global)
- Instituto para la Sociedad del Ejemplo y Cuarta Revolución
Industrial (Peru)
- Consortium of Very Long Names and Even Longer Names (of the
kind that wrap) (Kenya)
- Sample Bar Society (Kenya)""",
        organisations=[
            ("Centro de Estudos de Exemplos da Universidade de Nenhures", "Brazil", "BR"),
            ("Example Now Society", "Global", None),
            (
                "Instituto para la Sociedad del Ejemplo y Cuarta Revolución Industrial",
                "Peru",
                "PE",
            ),
            (
                "Consortium of Very Long Names and Even Longer Names (of the kind that wrap)",
                "Kenya",
                "KE",
            ),
            ("Sample Bar Society", "Kenya", "KE"),
        ],
        flagged=("row_wrapped",),
    ),
    "a table with tabs": Shape(
        "Name\tCity\tCountry\nExample Net\tBarcelona\tSpain\nSampos\tThe Hague\tNetherlands\n"
        "Foo Example\tNowhere\tUnknownland\nBar Example\tParis\tFrance",
        organisations=[
            ("Example Net", "Spain", "ES"),
            ("Sampos", "Netherlands", "NL"),
            ("Foo Example", "Unknownland", None),
            ("Bar Example", "France", "FR"),
        ],
        flagged=("city_unsure", "place_unknown"),
        kind="organisation",
    ),
    "upright strokes": Shape(
        "Example Now | Global\nXample | Barcelona | Spain\nSampos | NL\nPlain | Words Only",
        organisations=[
            ("Example Now", "Global", None),
            ("Xample", "Spain", "ES"),
            ("Sampos", "NL", "NL"),
            ("Plain", "Words Only", None),
        ],
        flagged=("place_unknown",),
        kind="organisation",
    ),
    "the country first": Shape(
        """Brazil: Exemplo Rights
Brazil: ExemploLab
Germany: Beispielcourage e.V.
🇰🇪 Mfano Society
Doctors with Examples: Agents of Change""",
        organisations=[
            ("Exemplo Rights", "Brazil", "BR"),
            ("ExemploLab", "Brazil", "BR"),
            ("Beispielcourage e.V.", "Germany", "DE"),
            ("Mfano Society", "Kenya", "KE"),
            ("Doctors with Examples: Agents of Change", "", None),
        ],
        flagged=("place_missing",),
        kind="organisation",
    ),
    "the country first, with a dash": Shape(
        "Brazil – Exemplo Rights\nKenya – Mfano Society\nFrance – Ligue Exemple",
        organisations=[
            ("Exemplo Rights", "Brazil", "BR"),
            ("Mfano Society", "Kenya", "KE"),
            ("Ligue Exemple", "France", "FR"),
        ],
        kind="organisation",
    ),
    "country codes": Shape(
        "Foo Alliance (DE)\nBar Group (FRA)\nAmity Institute (AI)\nBaz Network (BR)\nAI Watch (US)",
        organisations=[
            ("Foo Alliance", "DE", "DE"),
            ("Bar Group", "FRA", "FR"),
            ("Amity Institute (AI)", "", None),
            ("Baz Network", "BR", "BR"),
            ("AI Watch", "US", "US"),
        ],
        flagged=("place_missing",),
    ),
    "Arabic": Shape(
        """الموقعون
١. مركز المثال لدراسات حقوق الإنسان (مصر)
٢. حملة مثال – المركز العربي (فلسطين)
٣. مثال / MITHAL (لبنان)
٤. منظمة مثال، تونس
وآخرون""",
        organisations=[
            ("مركز المثال لدراسات حقوق الإنسان", "مصر", "EG"),
            ("حملة مثال – المركز العربي", "فلسطين", "PS"),
            ("مثال / MITHAL", "لبنان", "LB"),
            ("منظمة مثال", "تونس", "TN"),
        ],
        flagged=("not_a_signer",),
    ),
    "Japanese": Shape(
        """署名団体
・日本例示連盟（日本）
・見本ネットワーク（東京）
・市民見本ネットワーク、韓国
個人
見本太郎、弁護士、見本大学
例示花子（作家）
他100名""",
        organisations=[
            ("日本例示連盟", "日本", "JP"),
            ("見本ネットワーク", "東京", "JP"),
            ("市民見本ネットワーク", "韓国", "KR"),
        ],
        people=[("見本太郎", "弁護士", "見本大学"), ("例示花子", "作家", "")],
        flagged=("not_a_signer", "place_is_city"),
    ),
    "Cyrillic": Shape(
        """Организации
1. Пример, Россия
2. Центр «Образец» (Москва)
3. Example Human, Беларусь
и другие""",
        organisations=[
            ("Пример", "Россия", "RU"),
            ("Центр «Образец»", "Москва", "RU"),
            ("Example Human", "Беларусь", "BY"),
        ],
        flagged=("not_a_signer", "place_is_city"),
    ),
    "Hindi, Burmese, Thai, Chinese": Shape(
        """संगठन
उदाहरण अधिकार संगठन (भारत)
အဖွဲ့အစည်းများ
မြန်မာ ICT ဥပမာ (မြန်မာ)
องค์กร
มูลนิธิตัวอย่าง (ไทย)
签署机构：
台湾范例促进会（台湾）""",
        organisations=[
            ("उदाहरण अधिकार संगठन", "भारत", "IN"),
            ("မြန်မာ ICT ဥပမာ", "မြန်မာ", "MM"),
            ("มูลนิธิตัวอย่าง", "ไทย", "TH"),
            ("台湾范例促进会", "台湾", "TW"),
        ],
    ),
    "a block of lines for each person": Shape(
        """Jane Example
Professor of Law
University of Samples

John Sample
Director
Foo Institute, Kenya

Ana Ejemplo
Writer
Brazil""",
        people=[
            ("Jane Example", "Professor of Law", "University of Samples"),
            ("John Sample", "Director", "Foo Institute"),
            ("Ana Ejemplo", "Writer", ""),
        ],
        flagged=("row_wrapped",),
        kind="individual",
    ),
    "people and organisations together": Shape(
        """Signatories
- Dr. Jane Example, University of Samples
- Example Now
- Sample International
- Maria Ejemplo, Lawyer
- Foo Foundation (Kenya)
- John Sample""",
        organisations=[
            ("Example Now", "", None),
            ("Sample International", "", None),
            ("Foo Foundation", "Kenya", "KE"),
            ("John Sample", "", None),
        ],
        people=[
            ("Dr. Jane Example", "", "University of Samples"),
            ("Maria Ejemplo", "Lawyer", ""),
        ],
        flagged=("kind_unsure",),
    ),
    "name and country on lines in turn": Shape(
        "Example Society\nGlobal\nXample\nSpain\nSampos\nNetherlands",
        organisations=[
            ("Example Society", "Global", None),
            ("Xample", "Spain", "ES"),
            ("Sampos", "Netherlands", "NL"),
        ],
        kind="organisation",
    ),
    "names in one sentence": Shape(
        "Jane Example, John Sample, Ana Ejemplo and Peter Test",
        people=[
            ("Jane Example", "", ""),
            ("John Sample", "", ""),
            ("Ana Ejemplo", "", ""),
            ("Peter Test", "", ""),
        ],
        flagged=("people_joined",),
        kind="individual",
    ),
    "organisations in one sentence": Shape(
        "Example Now, Sample International, Article 99 and Model Rights Watch",
        organisations=[
            ("Example Now", "", None),
            ("Sample International", "", None),
            ("Article 99", "", None),
            ("Model Rights Watch", "", None),
        ],
        flagged=("rows_joined",),
    ),
    "states and cities of the USA": Shape(
        """Foo Alliance, Austin, Texas
Bar Group, Atlanta, Georgia
Baz Group, New York, NY
Qux Group, Chicago, USA
Midwest Action, Ohio""",
        organisations=[
            ("Foo Alliance", "Texas", "US"),
            ("Bar Group", "Georgia", "US"),
            ("Baz Group", "New York, NY", "US"),
            ("Qux Group", "USA", "US"),
            ("Midwest Action", "Ohio", "US"),
        ],
        flagged=("place_ambiguous", "place_is_part"),
    ),
    "web addresses and mail addresses": Shape(
        """Example Now (https://example.org/now)
[Xample](https://xample.example) (Spain)
Sampos – www.sampos.example – Netherlands
Foo Society (foo@example.org)
Bar Society [email protected]""",
        organisations=[
            ("Example Now", "", None),
            ("Xample", "Spain", "ES"),
            ("Sampos", "Netherlands", "NL"),
            ("Foo Society", "", None),
            ("Bar Society", "", None),
        ],
        flagged=("address_in_row",),
        kind="organisation",
    ),
}
