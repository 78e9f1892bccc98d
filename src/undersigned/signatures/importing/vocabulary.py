"""Words that tell a person from an organisation, and a title from a name, in many languages.

All are compared folded (see `text.fold`).
"""

import re

from undersigned.signatures.importing.text import fold


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold(word) for word in listed.split())


ROLES = _words(
    """
    professor professorin prof profesor profesora professora professeur professeure professeuse
    lecturer reader researcher researchers chercheur chercheuse investigador investigadora
    pesquisador pesquisadora forscher forscherin ricercatore ricercatrice scholar academic
    student étudiant étudiante estudiante estudante studentin doctorand doctorant doctorante
    doktorand doktorandin doctorando doctoranda candidate postdoc fellow scientist
    wissenschaftler wissenschaftlerin científico científica cientista scientifique technologist
    engineer engineers ingénieur ingénieure ingeniero ingeniera engenheiro engenheira ingenieur
    ingenieurin developer programmer hacker designer artist artiste artista künstler künstlerin
    critic curator curador curadora kurator kuratorin writer author auteur autrice autor autora
    autorin escritor escritora écrivain écrivaine schriftsteller schriftstellerin poet novelist
    journalist journaliste periodista jornalista giornalista journalistin reporter editor
    filmmaker director directora diretor diretora directeur directrice direktor direktorin
    direttore direttrice leiter leiterin founder cofounder fondateur fondatrice fundador
    fundadora gründer gründerin cofundador cofundadora cofondateur cofondatrice mitgründer
    mitgründerin fondatore fondatrice coordinator coordinador coordinadora coordenador
    coordenadora coordinateur coordinatrice koordinator koordinatorin coordinatore president
    presidenta presidente présidente président präsident präsidentin chair chairperson chairman
    chairwoman chairwomen vicepresident vorsitzende vorsitzender vorstand secretary secretario
    secretaria secretário secrétaire sekretär treasurer manager officer ceo cto cfo coo
    executive analyst advisor adviser consultant expert experte expertin specialist strategist
    advocate lawyer attorney solicitor barrister abogado abogada advogado advogada avocat
    avocate rechtsanwalt rechtsanwältin avvocato avvocata jurist juriste jurista juristin judge
    juge activist activista ativista activiste militante aktivist aktivistin defender campaigner
    organiser organizer facilitator educator teacher enseignant enseignante profesor docente
    lehrer lehrerin insegnante physician doctor médecin médico médica arzt ärztin nurse
    psychologist psychologue psicólogo psicóloga sociologist sociologue sociólogo socióloga
    anthropologist anthropologue antropólogo antropóloga economist économiste economista ökonom
    philosopher philosophe filósofo filósofa historian historien historienne historiador
    historiadora mathematician physicist physicien biologist linguist philologist statistician
    librarian archivist member membre miembro membro mitglied senator sénateur sénatrice senador
    senadora deputy député députée diputado diputada deputado deputada minister ministre mayor
    maire alcalde councillor ambassador ambassadeur rapporteur commissioner ombudsman
    spokesperson porte-parole portavoz sprecher sprecherin head lead dean rector principal
    provost emeritus emerita trustee representative delegate translator interpreter musician
    actor actress singer photographer architect pensioner retired citizen ciudadano ciudadana
    citoyen citoyenne bürger bürgerin volunteer farmer worker intern bishop pastor priest imam
    rabbi pfarrer pfarrerin entrepreneur pediatrician psychiatrist therapist blogger producer
    performer independent 教授 准教授 助教 弁護士 研究員 学生 代表 理事 記者 主任 研究员 律师
    教師 作家 교수 변호사 연구원 أستاذ أستاذة محام محامي محامية باحث باحثة صحفي صحفية صحافي مدير
    مديرة ناشط ناشطة رئيس رئيسة طالب طالبة كاتب كاتبة مهندس مهندسة طبيب طبيبة профессор доцент
    исследователь исследовательница адвокат журналист журналистка директор юрист студент
    студентка учёный писатель художник художница доктор кандидат активист активистка
    catedrático catedrática fachärztin facharzt psychotherapeut psychotherapeutin
    soziologe soziologin politologe politologin historiker historikerin informatiker
    informatikerin dozent dozentin geschäftsführer geschäftsführerin referent referentin
    mitarbeiter mitarbeiterin regisseur regisseurin schauspieler schauspielerin rentner
    rentnerin cinéaste réalisateur réalisatrice comédien comédienne dramaturge politiste
    politologue géographe magistrat magistrate syndicaliste conseiller conseillère
    eurodéputé eurodéputée adjoint adjointe infirmier infirmière retraité retraitée
    éditeur éditrice traducteur traductrice musicien musicienne linguiste démographe
    climatologue scrittore scrittrice sindaco deputato deputata senatore senatrice
    psicologo psicologa sociologo sociologa filosofo filosofa storico regista attore
    attrice professoressa portavoce responsabile segretario segretaria consigliere
    consigliera studente studentessa dottorando dottoranda costituzionalista giurista
    vereador vereadora mestranda mestrando enfermeiro enfermeira magistrado magistrada
    concejal concejala eurodiputado eurodiputada maestra enfermero enfermera politólogo
    politóloga académico académica jubilado jubilada cineasta actriz decano decana
    dirigente sindicalista hoogleraar onderzoeker advocaat schrijver schrijfster
    kunstenaar voorzitter huisarts psycholoog socioloog promovendus adiunkt doktorant
    doktorantka tłumacz tłumaczka dziennikarz dziennikarka pisarz pisarka prawnik
    prawniczka adwokat adwokatka reżyser reżyserka aktor aktorka socjolog socjolożka
    lekarz lekarka nauczyciel nauczycielka poseł posłanka prezes prezeska dyrektor
    dyrektorka działacz działaczka aktywista aktywistka badacz badaczka учитель
    учительница преподаватель преподавательница правозащитник правозащитница депутат
    врач инженер программист экономист историк социолог философ поэт переводчик
    переводчица режиссер актриса музыкант пенсионер пенсионерка политик редактор
    аспирант аспирантка психолог лингвист филолог математик физик биолог географ блогер
    координатор руководитель председатель президент журналіст журналістка правозахисник
    правозахисниця адвокатка юристка письменник письменниця викладач викладачка вчитель
    вчителька депутатка лікар лікарка дослідник дослідниця історик історикиня соціолог
    соціологиня експерт експертка директорка голова активіст волонтер волонтерка
    професор професорка доцентка gazeteci avukat akademisyen öğretmen milletvekili
    mühendis öğrenci oyuncu yönetmen araştırmacı روزنامه‌نگار وکیل نویسنده پژوهشگر استاد
    دانشجو شاعر مترجم هنرمند پزشک معلم کارگردان شاعرة مخرج مخرجة حقوقي حقوقية أكاديمي
    أكاديمية مدافع مدافعة خبير خبيرة نائب نائبة فنان فنانة पत्रकार अधिवक्ता वकील लेखक
    लेखिका प्रोफेसर शिक्षक शिक्षिका कवि कार्यकर्ता छात्र छात्रा अध्यापक 学者 編集者 教員 医師 研究者
    会社員 議員 講師 牧師 僧侶 ジャーナリスト 映画監督 翻訳家 詩人 会長 事務局長 记者 教师 工程师
    编辑 导演 艺术家 기자 활동가 작가 대표 교사 학생
    시인 의원 감독 학자 archbishop congressman congresswoman policymaker laureate
    parliamentarian midwife pharmacist veterinarian playwright publisher paediatrician
    neurologist epidemiologist geographer theologian
    """
)
"""What somebody is or does."""

ROLE_QUALIFIERS = _words(
    """
    assistant associate interim acting senior junior former ex emeritus emerita adjunct visiting
    deputy vice co full honorary distinguished chief executive managing general principal lead
    phd doctoral postdoctoral master masters mba graduate undergraduate research computer data
    human rights digital policy political cultural social legal independent freelance public and
    und et y e of the teaching clinical university special founding titular adjunto adjunta
    associado associada associé associée maître conférences de des en del da do program
    programme project founder director editor in
    """
)

ORGANISATION_WORDS = _words(
    """
    organisation organization organisations organizations organización organização
    organizzazione organisatie organizacja association asociación associação associazione
    associació associations vereniging verein verband bund foundation fundación fundação
    fondation fondazione stiftung stichting fundacja fundacio vakfı dernek derneği institute
    instituto institut istituto instytut instituut center centre centro zentrum centrum centrul
    university universität université universidad universidade università universiteit
    universitet uniwersytet üniversitesi universitat college college school escuela escola école
    scuola schule hochschule faculty faculté facultad faculdade fakultät department département
    departamento laboratory laboratoire laboratorio laboratório lab labs network réseau red rede
    rete netzwerk netwerk sieć coalition coalición coalizão coalizione koalition alliance
    alianza aliança alleanza allianz union unión união unione gewerkschaft sindicato syndicat
    federation fédération federación federação federazione föderation confederation
    confédération confederación ligue liga league society société sociedad sociedade società
    gesellschaft council conseil consejo conselho rat committee comité comitê comitato komitee
    commission comisión comissão movement mouvement movimiento movimento bewegung collective
    collectif colectivo coletivo collettivo kollektiv group groupe grupo gruppo gruppe forum
    foro fórum initiative iniciativa iniziativa campaign campaña campanha campagne kampagne
    platform plateforme plataforma piattaforma plattform project projet proyecto projeto
    progetto projekt program programme programa trust fund fonds fondo party parti partido
    partito partei church église iglesia igreja kirche museum musée museo library bibliothèque
    club chapter ngo ong onlus e.v. inc ltd llc gmbh ggmbh asbl vzw cic plc pte ltda sarl
    company corporation cooperative cooperativa coopérative magazine newspaper press media
    agency office bureau watch action defence defense liberties advocates lawyers journalists
    workers women youth students observatory observatorio observatoire house clinic hospital
    academy akademie academia académie secretariat syndicate guild chamber parliament ministry
    consortium partnership consulting community communities communauté comunidad comunidade
    international global worldwide rights amnesty 協会 団体 大学 連合 会 委員会 ネットワーク
    研究所 財団 法人 センター 協会 学会 組合 市民 協議会 基金会 基金會 协会 協會 大学 大學 联盟
    聯盟 中心 组织 組織 学院 研究院 재단 협회 대학교 연대 센터 단체 منظمة جمعية مؤسسة مركز شبكة
    اتحاد نقابة جامعة لجنة مبادرة حركة معهد رابطة هيئة المنظمة الجمعية المؤسسة المركز الشبكة
    الاتحاد النقابة اللجنة المبادرة الرابطة المعهد организация фонд центр ассоциация союз
    комитет движение институт университет общество группа організація центр асоціація спілка рух
    інститут університет संगठन संस्था संस्थान मंच केंद्र विश्वविद्यालय समिति न्यास संघ มูลนิธิ สมาคม
    เครือข่าย มหาวิทยาลัย ศูนย์ กลุ่ม အဖွဲ့ အသင်း ကွန်ရက်
    stowarzyszenie towarzystwo komitet ruch związek inicjatywa obserwatorium
    coordinadora coordinadoras ateneo asamblea assemblea sindical syndicale genootschap
    werkgroep vakbond arbeitskreis arbeitsgemeinschaft bundesverband landesverband
    dachverband bündnis aktionsbündnis kanzlei landesarbeitsgemeinschaft circolo
    coordinamento osservatorio collettivi го лабораторія медіацентр фундація платформа
    коаліція мережа коалиция сеть редакция издание партия sendikası platformu girişimi
    inisiyatifi odası barosu انجمن سازمان مرکز کانون بنیاد کمیته شورا महासंघ मोर्चा
    परिषद सभा मंडल sangathan morcha samiti manch sabha sangh andolan parishad
    initiatives networks foundations communications solutions technologies services
    enterprises جبهة الجبهة ملتقى منتدى المنتدى ائتلاف الائتلاف
    """
)
"""Words that people's names and titles do not have, and names of organisations do."""

HONORIFICS = _words(
    """
    dr dra drs drn prof profa professor profesor profesora professora pr mr mrs ms miss mx mme
    mlle madame monsieur m me maître sr sra srta don doña herr frau hr fr dhr mevr sig sig.ra
    dott dott.ssa avv ing ir dipl adv advocate hon honorable honourable rev reverend fr sir dame
    lord lady shri sri smt kumari ustad justice judge rt gen col capt msgr bishop archbishop
    imam rabbi sheikh shaikh syed hajj pastor sister brother mag lic econ arq abg eng att atty
    phd h.e. d. د أ م السيد السيدة الدكتور الدكتورة دكتور دكتورة الأستاذ الأستاذة المحامي
    المحامية г-н г-жа д-р проф
    ven venerable baroness cardinal monsignor most right sor professeur professeure
    professorin on sen rep cllr pd ra doz mgr père padre frei irmã swami maulana mufti
    khun dato datuk prof.ssa
    """
)
"""Before a name; they stay in it and are passed over for sorting."""

NAMES_TOO = _words(
    "right most père padre don me m d sister brother judge justice imam lady dame kumari syed "
    "fr gen col"
)
"""Honorifics that are also names, or letters: only with a dot or before two words."""

ONLY_WITH_DOT = _words("on sen rep ven ra pd doz most rt right tan")
"""Honorifics that are other words without a dot, unless another honorific follows."""

SUFFIXES = _words(
    """
    jr sr ii iii iv esq esquire phd dphil md mph mpa ma ba bsc msc mba jd llm llb lld ll.m.
    ll.b. ll.d. dds dvm rn np pe psyd edd dsc scd mfa med mphil mres msw lcsw cissp qc kc sc frs
    fba mbe obe cbe kcmg ret dd sj op osb ofm mp mep mla mpp msp am ao ac do dnp mbbs mbchb frcp
    cpa
    """
)
"""After a name and a comma; they belong to the name."""

SURNAMES_TOO = _words("judge dean head lead reader fellow chair rector bishop pastor priest hacker")
"""Titles that are also surnames."""

PARTICLES = _words(
    """
    de da do dos das del della di du des la le las los van von der den ten ter te bin ibn bint
    al el ul ur abu ben y e i zu zum af av a o mc mac st san
    """
)
"""Small words inside a person's name."""

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,}")
_UNSPACED_ORGANISATIONS = tuple(word for word in ORGANISATION_WORDS if _UNSPACED.fullmatch(word))
_UNSPACED_ROLES = tuple(word for word in ROLES if _UNSPACED.fullmatch(word))


def names_organisation(text: str) -> bool:
    """Tell whether a word of `text` is one that organisations have, also inside 示例人权协会."""
    words = fold(text).split()
    if any(word in ORGANISATION_WORDS for word in words):
        return True
    return any(
        _UNSPACED.match(word) and any(part in word for part in _UNSPACED_ORGANISATIONS)
        for word in words
    )


def ends_with_role(text: str) -> bool:
    """Tell whether `text`, in a script without spaces, ends with a role: 例示大学教授."""
    return bool(_UNSPACED.fullmatch(text)) and text.endswith(_UNSPACED_ROLES)
