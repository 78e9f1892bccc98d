"""What names of organisations say in many languages, under one word for each.

Words are folded: Latin letters without accents (see `folding.fold`).
"""

from __future__ import annotations

CONCEPTS = {
    "association": "asociacion asociatia associacao associazione associacio vereniging verein "
    "associacia asociacia dernek dernegi stowarzyszenie jmʿyt",
    "foundation": "fundacion fundacao fondation fondazione stiftung stichting fundacja fundatia "
    "fond vakfi mwsst",
    "institute": "instituto institut istituto instytut instituut enstitusu mʿhd",
    "centre": "center centro zentrum centrum centrul centr merkezi mrkz",
    "university": "universite universidad universidade universita universitat universiteit "
    "universitet uniwersytet universitesi jamʿt",
    "network": "reseau red rede rete netzwerk netwerk set mereza siec agi shbkt",
    "research": "pesquisa investigacion recherche ricerca forschung onderzoek",
    "rights": "derechos direitos droits diritti rechte rechten prava haklari hqwq",
    "human": "humanos humains umani menschen mensen celoveka ansan",
    "digital": "digitales digitais numerique digitale digitali",
    "international": "internacional internationale internazionale mezdunarodnyj mezdunarodnaa "
    "mezdunarodnoe uluslararasi dwlyt",
    "coalition": "coalicion coalizao coalizione koalition",
    "alliance": "alianza alianca alleanza allianz",
    "federation": "federacion federacao federazione federacia",
    "league": "ligue liga lega",
    "union": "uniao unione sindicato syndicat gewerkschaft souz spilka athad",
    "women": "mujeres mulheres femmes donne frauen vrouwen",
    "freedom": "libertad liberdade liberte liberta freiheit vrijheid svoboda",
    "organisation": "organization organizacion organizacao organizzazione organizacia mnzmt",
}
CONCEPT_OF = {word: concept for concept, words in CONCEPTS.items() for word in words.split()}
