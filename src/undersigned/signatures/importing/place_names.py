"""Names that people write for places, beyond those that CLDR lists.

Countries are ISO 3166-1 alpha-2 codes. Names are compared folded (see `text.fold`), so case,
accents, dots and a leading article need not be repeated here.
"""

from undersigned.signatures.importing.text import word_set

COLLOQUIAL = {
    "AE": "UAE|U.A.E.|Emirates|الإمارات|EAU",
    "AR": "República Argentina",
    "BA": "Bosnia|BiH|Bosnia-Herzegovina|Bosnia i Hercegovina",
    "BN": "Brunei Darussalam",
    "BO": "Plurinational State of Bolivia|Bolivia (Plurinational State of)",
    "BR": "Brasil|República Federativa do Brasil",
    "CD": "DRC|DR Congo|D.R. Congo|Democratic Republic of the Congo|Democratic Republic of Congo|"
    "Dem. Rep. Congo|Congo DRC|DRC Congo|Congo, Democratic Republic of the|RDC|RD Congo|"
    "République démocratique du Congo|República Democrática del Congo|"
    "República Democrática do Congo|Demokratische Republik Kongo|Congo-Kinshasa|Zaire|"
    "جمهورية الكونغو الديمقراطية",
    "CF": "CAR|Central African Rep.|RCA",
    "CG": "Republic of the Congo|Republic of Congo|Congo Republic|Congo-Brazzaville|"
    "République du Congo",
    "CI": "Ivory Coast|Cote d'Ivoire|Costa de Marfil|Costa do Marfim|Elfenbeinküste",
    "CN": "PRC|People's Republic of China|P.R. China|PR China|Mainland China|China (PRC)|中国大陆|"
    "中國大陸",
    "CV": "Cape Verde|Cabo Verde",
    "CZ": "Czech Republic|Czechia|Česko|Česká republika|República Checa|République tchèque",
    "DE": "BRD|Federal Republic of Germany|Bundesrepublik Deutschland",
    "EH": "Western Sahara|Sahrawi Arab Democratic Republic",
    "ES": "España|Estado español|Spanish State",
    "FM": "Federated States of Micronesia",
    "FK": "Falklands|Malvinas",
    "GB": "UK|U.K.|Great Britain|Britain|GB|G.B.|R.-U.|Royaume-Uni|Reino Unido|"
    "United Kingdom of Great Britain and Northern Ireland|英国|イギリス|المملكة المتحدة|بريطانيا",
    "GM": "The Gambia",
    "HK": "Hong Kong|Hong Kong SAR|HKSAR|香港",
    "IE": "Republic of Ireland|Eire",
    "IR": "Islamic Republic of Iran|Iran (Islamic Republic of)|Persia",
    "JP": "日本国",
    "KN": "St Kitts|Saint Kitts|St. Kitts and Nevis",
    "KP": "North Korea|DPRK|Democratic People's Republic of Korea",
    "KR": "South Korea|Republic of Korea|Korea, Republic of|Korea, South|ROK|S. Korea|Corée du Sud|"
    "Corea del Sur|Coreia do Sul|Südkorea|대한민국|한국|大韓民国|韓國",
    "LA": "Lao PDR|Lao People's Democratic Republic|Lao",
    "LC": "St Lucia|Saint Lucia",
    "MD": "Republic of Moldova|Moldova, Republic of",
    "MK": "North Macedonia|Macedonia|FYROM|FYR Macedonia|Republic of North Macedonia",
    "MM": "Burma|Myanmar (Burma)|Burma/Myanmar|Myanmar/Burma|Birmanie|Birmania|Birma",
    "MO": "Macau|Macao|澳門|澳门",
    "NL": "Holland|Nederland|NLD|Holanda|Países Bajos|Pays-Bas|Hollande",
    "NZ": "Aotearoa|Aotearoa New Zealand|Aotearoa/New Zealand|NZ|N.Z.|New Zealand/Aotearoa|"
    "New Zealand (Aotearoa)",
    "PG": "PNG|Papua-New Guinea",
    "PH": "Pilipinas|The Philippines|Filipinas",
    "PS": "Palestine|State of Palestine|Occupied Palestine|Occupied Palestinian Territory|"
    "Occupied Palestinian Territories|OPT|Palestine, State of|فلسطين|Palestina|Palästina",
    "RU": "Russian Federation|РФ|Россия",
    "SA": "KSA|Kingdom of Saudi Arabia|السعودية",
    "ST": "São Tomé",
    "SY": "Syrian Arab Republic|سوريا|سورية",
    "SZ": "Swaziland|eSwatini|Kingdom of Eswatini",
    "TL": "East Timor|Timor Leste|Timor-Leste",
    "TR": "Turkey|Türkiye|Turkiye|Türkiye Cumhuriyeti",
    "TT": "Trinidad|Trinidad & Tobago",
    "TW": "Taiwan|Taiwan (ROC)|Taiwan ROC|Republic of China|Chinese Taipei|台湾|台灣|臺灣",
    "TZ": "United Republic of Tanzania|Tanzania, United Republic of|Zanzibar and Tanzania",
    "UA": "Украина|Україна",
    "US": "US|USA|U.S.|U.S.A.|United States|United States of America|the States|EE.UU.|"
    "EE. UU.|EEUU|EUA|E.U.A.|États-Unis|Etats-Unis d'Amérique|"
    "Estados Unidos|Estados Unidos de América|"
    "Vereinigte Staaten von Amerika|Stati Uniti d'America|US of A|米国|アメリカ|США|"
    "الولايات المتحدة|الولايات المتحدة الأمريكية",
    "VA": "Holy See|Vatican",
    "VC": "St Vincent|Saint Vincent|Saint Vincent and the Grenadines",
    "VE": "Bolivarian Republic of Venezuela|Venezuela (Bolivarian Republic of)",
    "VG": "BVI",
    "VN": "Viet Nam|Vietnam",
    "XK": "Kosova|Republic of Kosovo",
    "ZA": "RSA|Republic of South Africa|S. Africa|Azania",
}

AMBIGUOUS = {
    "Congo": "CD|CG",
    "Kongo": "CD|CG",
    "Korea": "KR|KP",
    "Corée": "KR|KP",
    "Corea": "KR|KP",
    "Coreia": "KR|KP",
    "America": "US",
    "Guyana française": "GF",
    "Virgin Islands": "VI|VG",
    "Saint Martin": "MF|SX",
    "Samoa Islands": "WS|AS",
    "CAR": "CF",
    "OPT": "PS",
    "Lao": "LA",
}
"""A name that means several places, the likelier first: proposed, and always flagged."""

REGIONS = (
    "Global|International|Internacional|Internationale|Worldwide|World|World-wide|Monde|Mundial|"
    "Mondial|Mundo|Welt|Weltweit|Mondo|Globally|Transnational|Multinational|Regional|Régional|"
    "Regionale|Cross-regional|Online|"
    "Europe|EU|E.U.|UE|European Union|Pan-European|Pan-Europe|Europa|Western Europe|Eastern Europe|"
    "Central Europe|Southern Europe|Northern Europe|Central and Eastern Europe|CEE|"
    "Balkans|The Balkans|Western Balkans|South-East Europe|Southeast Europe|Southeastern Europe|"
    "Baltics|Baltic States|Nordics|Nordic|Nordic countries|Scandinavia|Benelux|DACH|Caucasus|"
    "South Caucasus|North Caucasus|Eurasia|CIS|Mediterranean|Alps|Alpine region|"
    "Latin America|América Latina|Latinoamérica|Amérique latine|Lateinamerika|Abya Yala|LATAM|LAC|"
    "Latin America and the Caribbean|Latin America & Caribbean|América Latina y el Caribe|"
    "América Latina e Caribe|Caribbean|Caribe|Central America|Centroamérica|Mesoamerica|"
    "South America|Sudamérica|América do Sul|North America|Norteamérica|Americas|The Americas|"
    "Las Américas|Amazon|Amazonia|Andes|Andean region|Southern Cone|Cono Sur|Iberoamérica|"
    "Ibero-America|"
    "MENA|MENA region|WANA|SWANA|Middle East|Near East|Middle East and North Africa|"
    "Middle East & North Africa|Arab World|Arab region|Arab countries|Gulf|GCC|Gulf region|"
    "North Africa|Maghreb|Mashreq|Levant|Sahel|"
    "Africa|Afrique|África|Afrika|Pan-Africa|Pan-African|Panafrican|Sub-Saharan Africa|East Africa|"
    "Eastern Africa|West Africa|Western Africa|Central Africa|Southern Africa|Horn of Africa|"
    "Great Lakes|Afrique de l'Ouest|Francophone Africa|"
    "Asia|Asie|Asien|Ásia|Asia-Pacific|Asia Pacific|Asia and the Pacific|APAC|South Asia|"
    "Southeast Asia|South East Asia|South-East Asia|SEA|ASEAN|East Asia|Central Asia|West Asia|"
    "Pacific|The Pacific|Pacific Islands|Oceania|Océanie|Pasifika|"
    "Global South|Global North|Global Majority|Commonwealth|Diaspora|In exile|Exile|"
    "عالمي|دولي|دولية|العالم|العالم العربي|الشرق الأوسط|إقليمي|إقليمية|"
    "国际|國際|国際|全球|世界|グローバル|국제|Международная|Европа|весь мир"
)

CONTESTED = (
    "Kashmir|Jammu and Kashmir|Jammu & Kashmir|J&K|Azad Kashmir|Azad Jammu and Kashmir|"
    "Kurdistan|Rojava|Kurdistan Region|Kurdistan Region of Iraq|Iraqi Kurdistan|Iraq Kurdistan|"
    "KRI|North and East Syria|"
    "Tibet|East Turkestan|East Turkistan|Xinjiang|Inner Mongolia|Southern Mongolia|"
    "Catalonia|Catalunya|Cataluña|Catalan Countries|Països Catalans|Basque Country|Euskal Herria|"
    "Euskadi|País Vasco|Galiza|Corsica|Corse|Corsica/Corse|Brittany|Breizh|"
    "Crimea|Donbas|Donbass|Donetsk|Luhansk|Abkhazia|South Ossetia|Transnistria|Transdniestria|"
    "Northern Cyprus|North Cyprus|TRNC|Nagorno-Karabakh|Nagorno Karabakh|Artsakh|Chechnya|"
    "Ichkeria|Tatarstan|Republika Srpska|"
    "Somaliland|Puntland|Ambazonia|Biafra|Cabinda|Tigray|Oromia|Darfur|Azawad|Casamance|Rif|"
    "Jerusalem|East Jerusalem|Golan|Golan Heights|Al-Quds|القدس|كردستان|"
    "West Papua|Papua|Bougainville|Aceh|Mindanao|Bangsamoro|Balochistan|Baluchistan|Khalistan|"
    "Nagaland|Manipur|Tamil Eelam|Arakan|Rakhine|Kachin|Karen State|Kanaky|Hawai'i|Hawaiʻi|"
    "Turtle Island|Wallmapu|Rapa Nui|Sápmi|Sapmi|Yugoslavia|Soviet Union|USSR|"
    "Catalogne|Katalonien|Baskenland|Pays basque|Kurdistán|Cachemire|Cachemira"
)
"""Places whose country is disputed, or was: the label stays, a country is never guessed."""

PARTS = {
    "GB": "England|Scotland|Wales|Northern Ireland|Alba|Cymru|N. Ireland|Écosse|Escocia|Schottland",
    "US": "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|"
    "Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|"
    "Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|"
    "New York|New York State|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|"
    "Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|"
    "Washington|Washington State|West Virginia|Wisconsin|Wyoming|Washington DC|Washington, D.C.|"
    "District of Columbia|D.C.",
    "CA": "Ontario|Québec|Quebec|British Columbia|Alberta|Manitoba|Saskatchewan|Nova Scotia|"
    "New Brunswick|Newfoundland|Newfoundland and Labrador|Prince Edward Island|Yukon|Nunavut",
    "AU": "New South Wales|NSW|Victoria|Queensland|South Australia|Western Australia|Tasmania|"
    "Northern Territory|Australian Capital Territory",
    "BE": "Flanders|Vlaanderen|Wallonia|Wallonie|Flandre",
    "DE": "Bavaria|Bayern|Saxony|Sachsen|Hesse|Hessen|Baden-Württemberg|Nordrhein-Westfalen|NRW",
    "IN": "Kerala|Tamil Nadu|Karnataka|Maharashtra|Gujarat|Rajasthan|Bihar|Jharkhand|Odisha|"
    "West Bengal|Assam|Telangana|Andhra Pradesh|Uttar Pradesh|Madhya Pradesh|Goa|Chhattisgarh",
    "PK": "Sindh|Khyber Pakhtunkhwa",
    "PS": "Gaza|Gaza Strip|West Bank|غزة",
    "ES": "Andalucía|Andalusia|Galicia|Valencia|Aragón|Asturias|Canarias|Canary Islands",
    "FR": "Bretagne|Normandie|Provence|Alsace",
    "IT": "Sicily|Sicilia|Sardinia|Sardegna|Toscana|Lombardia",
    "MX": "Chiapas|Oaxaca|Jalisco|Yucatán|Veracruz|CDMX",
    "PT": "Madeira|Açores|Azores",
    "TZ": "Zanzibar",
    "ID": "Java|Bali|Sumatra|Kalimantan",
    "MY": "Sabah|Sarawak|Penang",
    "JP": "Okinawa|Hokkaido|沖縄|北海道",
}
"""Parts of a country: the label stays, the country is proposed and flagged."""

US_STATE_CODES = word_set(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM
    NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC
    """
)

CITIES = {
    "AE": "Abu Dhabi",
    "AU": "Canberra|Sydney|Melbourne|Brisbane|Perth",
    "BE": "Bruxelles|Brussels|Brussel|Antwerp|Gent|Ghent|Liège",
    "BO": "Cochabamba|Santa Cruz de la Sierra",
    "BR": "Rio de Janeiro|Brasília|Belo Horizonte|Porto Alegre|Curitiba|Salvador|São Paulo",
    "CA": "Ottawa|Montréal|Montreal|Toronto|Vancouver|Calgary|Québec City",
    "CH": "Geneva|Genève|Genf|Zürich|Zurich|Bern|Berne|Basel|Lausanne",
    "CI": "Yamoussoukro",
    "CL": "Valparaíso|Santiago de Chile",
    "CN": "Beijing|Shenzhen|Guangzhou|北京|上海",
    "CO": "Medellín|Cali|Bogotá",
    "DE": "Berlin|Hamburg|München|Munich|Köln|Cologne|Frankfurt|Frankfurt am Main|Stuttgart|"
    "Düsseldorf|Leipzig|Dresden|Bremen|Hannover|Bonn|Freiburg|Göttingen",
    "EC": "Quito|Guayaquil",
    "ES": "Barcelona|Sevilla|Bilbao|Zaragoza",
    "FR": "Lyon|Marseille|Toulouse|Nantes|Bordeaux|Lille|Strasbourg|Montpellier|Rennes|Grenoble",
    "GB": "Manchester|Edinburgh|Glasgow|Cardiff|Leeds|Bristol|Oxford|Liverpool|Brighton",
    "GH": "Kumasi",
    "GT": "Ciudad de Guatemala",
    "IL": "Tel Aviv|Haifa",
    "IN": "Mumbai|Bombay|New Delhi|Delhi|Bangalore|Bengaluru|Chennai|Madras|Pune|Ahmedabad|Kochi|"
    "Lucknow|Jaipur|Bhopal|Ranchi|Patna|Thiruvananthapuram",
    "IT": "Milano|Milan|Torino|Turin|Napoli|Naples|Bologna|Firenze|Florence|Roma|Rome|Genova",
    "JP": "Osaka|Kyoto|Nagoya|東京|大阪|京都",
    "KE": "Mombasa|Kisumu",
    "KZ": "Astana",
    "LB": "Beyrouth",
    "MA": "Rabat|Marrakech",
    "MM": "Yangon|Mandalay|Naypyidaw",
    "MX": "Guadalajara|Mexico City|Ciudad de México|Puebla",
    "NG": "Abuja|Kano|Port Harcourt",
    "NL": "Rotterdam|The Hague|Den Haag|Utrecht|Eindhoven|Groningen",
    "NZ": "Wellington|Christchurch",
    "PE": "Cusco|Arequipa",
    "PH": "Quezon City|Cebu|Davao",
    "PK": "Islamabad|Lahore|Peshawar",
    "PL": "Kraków|Gdańsk|Wrocław|Poznań",
    "PT": "Porto|Coimbra|Lisboa",
    "RU": "Saint Petersburg|St. Petersburg|Санкт-Петербург",
    "SE": "Göteborg|Gothenburg|Malmö",
    "TR": "Ankara|Izmir|Diyarbakır",
    "TZ": "Dodoma",
    "UA": "Lviv|Odesa|Kharkiv|Київ|Львів",
    "US": "San Francisco|Seattle|Boston|Philadelphia|Houston|Dallas|Atlanta|Miami|Austin|Oakland|"
    "Baltimore|Minneapolis|Brooklyn|New York City|NYC|San Diego|New Orleans|Washington DC",
    "VN": "Hanoi|Ho Chi Minh City",
    "YE": "Sana'a|Taiz",
    "ZA": "Cape Town|Durban|Pretoria",
    "ZW": "Bulawayo",
}
"""Large cities beyond the few hundred that CLDR names for time zones."""
