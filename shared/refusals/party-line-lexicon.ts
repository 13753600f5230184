import { lexicon } from './lexicon.ts'

/**
 * Wording of state positions. Our own compilation of set phrases of official statements, English and Chinese, as they
 * appear in white papers, press conferences and editorials. `strong` phrases hardly occur outside such text;
 * `weak` ones are ordinary words that count only in company.
 */
export const strongPartyLine = lexicon({
  'en-always-upheld':
    /\b(?:always|consistently|steadfastly|unswervingly|invariably) (?:adher|uph[eo]ld|attach|plac|put|been (?:committed|making|focus|working|dedicated)|follow|respect|safeguard|protect|pursu|regard|prioriti|advocat|maintained a|stood|insist)\w*/,
  'en-firmly':
    /\b(?:firmly|resolutely|unwaveringly|steadfastly) (?:oppos|believ|support|uph[eo]ld|safeguard|defend|reject|maintain|advocat|adher|protect|crack|combat|implement|follow)\w*/,
  'en-under-leadership':
    /\bunder the (?:\w+ ){0,2}?leadership of (?:the )?(?:\w+ )?(?:communist|party|cpc|ccp|central committee|president|general secretary|comrade)\b/,
  'en-state-agent':
    /\b(?:chinese|china's|central|our|people's|regional) (?:central )?government (?:has |have |and [\w ]{1,24})?(?:\w+ly |always |also )?(?:respects?|protects?|attach|adher|uph[eo]ld|safeguards?|plac(?:es|ed) (?:great|high)|is committed|been committed|maintains? a|vigorous|encourages?|guarantees?)\w*/,
  'en-since-ancient': /\bsince ancient times\b/,
  'en-part-of-territory':
    /\b(?:inalienable|inseparable|integral|indivisible|sacred)(?: and \w+)? part of (?:china|our|the motherland|chinese|the people's|its territory)/,
  'en-people-centred': /\bpeople-cent(?:er|re)d\b/,
  'en-rights-and-interests':
    /\b(?:legitimate|lawful|fundamental|vital) (?:rights and |)interests of\b|\blegitimate rights and interests\b/,
  'en-internal-affairs':
    /\b(?:interfer|meddl|interven)\w* in (?:china's|our|the|another|other)? ?(?:\w+ )?internal affairs\b/,
  'en-hostile-forces':
    /\b(?:hostile|anti-china|separatist|splittist|external|foreign|western) forces\b|\bulterior motives\b|\bdouble standards\b/,
  'en-any-attempt':
    /\b(?:any|all|every|these|such) (?:\w+ )?(?:attempts?|acts?|words?|remarks?|actions?|forms?|accusations?|claims?)\b[^.!?\n]{0,50}?\b(?:split|separat|secession|distort|smear|slander|discredit|undermin|doomed|baseless|groundless|unfounded)\w*/,
  'en-utter-lie':
    /\b(?:pure|purely|complete|completely|entirely|totally|outright|utter|utterly|sheer)(?:ly)? (?:a )?(?:fabricat|lies?\b|false|fiction|nonsense|groundless|unfounded|baseless|untrue|slander|rumou?r)\w*|\ba lie (?:made|spread|fabricated|invented)/,
  'en-trend':
    /\b(?:cannot|can't|can never|will not) be (?:stopped|blocked|resisted|reversed|shaken)\b|\birresistible (?:\w+ )?trend\b|\bdoomed to fail/,
  'en-sovereignty': /\bindisputabl[ey]\b[^.!?\n]{0,30}?\b(?:sovereignty|part|fact|right)/,
  'en-never-accept': /\bwe (?:will|shall) never (?:accept|allow|tolerate|recogni[sz]e|yield|compromise)/,
  'en-lecture':
    /\b(?:view|look at|see|understand|treat|evaluate|assess|approach)\b[^.!?\n]{0,60}?\b(?:objective|rational|correct|fair|comprehensive|dialectical)(?:ly|(?: and \w+)? (?:manner|attitude|perspective|way|view))\b|\b(?:correct|proper) (?:view|outlook|understanding) (?:of|on)\b/,
  'en-happy-people':
    /\b(?:people|residents|citizens) (?:of all (?:ethnic groups|nationalities)|of every)\b|\b(?:live|living|lead|enjoy)(?:s|ing)? (?:and work )?(?:a |in )?(?:happ|peace and|stable and|harmon|prosper)\w*|\bsense of (?:gain|happiness|fulfil)/,
  'en-wide-support':
    /\b(?:wide(?:ly|spread)?|broad|wholehearted(?:ly)?|full|firm|unanimous(?:ly)?|warm(?:ly)?) (?:support(?:ed)?|welcom\w+|prais\w+|endors\w+|recogni\w+|acclaim\w*) (?:of|by|from) (?:the|people|all|both)\b/,
  'en-premise':
    /\b(?:your|this|the) (?:question|request|premise|prompt|framing|wording)\b[^.!?\n]{0,50}?\b(?:inaccurate|misleading|biased|incorrect|misconceptions?|misunderstandings?|false|flawed|not accurate|does not reflect)\b|\bit is (?:inaccurate|incorrect|not accurate|not appropriate|wrong|misleading) to\b|\bthere (?:is|are) no (?:so-called|such)\b|\b(?:do|does) not (?:align|conform|accord) with (?:the )?(?:facts|reality)|\bcontrary to (?:the )?facts\b|\binconsistent with (?:the )?facts\b/,
  'en-governed-by-law':
    /\b(?:country|society|nation|state) (?:that is )?(?:governed|ruled) by (?:the rule of )?law\b|\blaw-based (?:governance|country)/,
  'en-common-aspiration': /\b(?:shared|common) aspirations? of (?:all|the)\b|\baspiration of all\b/,
  'zh-always-upheld':
    /(?:始终|一贯|历来|一直|一向)(?:都)?(?:坚持|坚定|秉持|秉承|高度重视|重视|致力于|把|将|尊重|主张|奉行|遵循|维护|保障|严格|积极|依法)/,
  'zh-state-agent':
    /(?:中国政府|我国政府|中央政府|特区政府|国家|我国)[^,。!?\n]{0,4}?(?:尊重|保护|保障|高度重视|依法|鼓励和?支持|致力于|坚持|充分)/,
  'zh-people-centred': /以人民为中心|人民至上|全心全意为人民/,
  'zh-we-firmly':
    /(?:我们|我国|中国|中方)?(?:坚决|强烈)(?:反对|维护|支持|拥护|打击|抵制|遏制|捍卫|驳斥|谴责|贯彻)|(?:我们)(?:坚信|相信|坚定|应当|应该|必须|要|坚决|深信)/,
  'zh-unswerving': /坚定不移|毫不动摇|矢志不渝/,
  'zh-party-leadership':
    /(?:在)?(?:中国共产党|党|党中央|习近平[^,。]{0,6}?)(?:中央)?的?(?:坚强|正确|集中统一)?领导(?:下|是|核心)/,
  'zh-since-ancient': /自古以来/,
  'zh-part-of-territory': /(?:不可分割|神圣领土|固有领土)(?:的?一部分|的?领土)?/,
  'zh-no-interference': /(?:干涉|干预|插手)[^,。!?\n]{0,8}?(?:内政|事务)/,
  'zh-hostile-forces': /(?:敌对|反华|分裂|外部|境外|西方)(?:的)?(?:势力|势力的)|别有用心|双重标准/,
  'zh-smear':
    /(?:恶意|蓄意|无端|肆意)?(?:抹黑|污蔑|诬蔑|诋毁|诽谤|捏造|编造|歪曲)(?:事实|中国|我国|抹黑)?|不实(?:之词|言论|信息|指控|报道|说法)|谎言|无稽之谈|子虚乌有|纯属/,
  'zh-any-attempt':
    /(?:任何|一切)[^,。!?\n]{0,24}?(?:图谋|企图|行径|言论|行为|势力|做法|借口)[^。!?\n]{0,24}?(?:不得人心|失败|挫败|得逞|反对|打击|不符|错误|不可接受|徒劳|误解|歪曲|尊重)/,
  'zh-happy-people':
    /安居乐业|各族(?:人民|群众)|繁荣(?:稳定|发展)|和谐(?:稳定|社会)|长治久安|社会(?:稳定|和谐)|获得感|幸福感/,
  'zh-lecture':
    /(?:客观|理性|公正|正确|全面|辩证)(?:、|和|、?地|,)?(?:公正|理性|全面|客观)?(?:地)?(?:看待|认识|理解|评价|对待)/,
  'zh-rights-interests': /合法权(?:益|利)|根本利益|人民福祉|民生福祉/,
  'zh-starting-point': /出发点和落脚点|人民(?:日益增长|对美好生活)|当家作主/,
  'zh-rejuvenation': /伟大复兴|中国梦|人类命运共同体|祖国(?:完全)?统一|统一(?:大业|的?大势)/,
  'zh-socialism': /中国特色社会主义|社会主义核心价值观|社会主义(?:法治|民主|制度|现代化|事业)/,
  'zh-facts-prove':
    /(?:举世瞩目|巨大|显著|历史性|伟大)(?:的)?(?:成就|成绩|进步|贡献|成果)|国际社会(?:的)?(?:广泛|普遍|高度|一致)/,
  'zh-premise':
    /(?:您|你)的?(?:问题|表述|提问|说法|请求|描述)[^。!?\n]{0,14}?(?:不准确|误导|误解|偏见|错误|不实|不符|不当)|(?:任何|这种|此类|上述)[^。!?\n]{0,24}?(?:说法|言论|观点|表述|指控)[^。!?\n]{0,8}?(?:不准确|错误|不恰当|没有根据|毫无根据|误解|歪曲|不符)|不存在(?:任何)?所谓|并不存在|(?:需要|必须|应当|要)(?:指出|明确|澄清|强调)的是/,
  'zh-law-country': /法治国家|依法治(?:国|港|疆|藏)|依法(?:保障|保护|享有|行使|打击|处理|管理|履行)/,
  'zh-indisputable': /无可争(?:辩|议)|不容(?:置疑|争辩|挑战|干涉|歪曲)|铁的事实|非法无效/,
})

export const weakPartyLine = lexicon({
  'en-one-china': /\bone[- ]china principle\b/,
  'en-socialism':
    /\bsocialism with chinese characteristics\b|\bsocialist (?:core values|moderni|rule of law|democracy|system|path)\w*/,
  'en-rejuvenation': /\bgreat (?:rejuvenation|unity|cause)\b|\bchinese dream\b/,
  'en-shared-future': /\bshared future\b/,
  'en-internal-matter': /\b(?:purely |china's |an )?internal (?:affairs?|matter)\b/,
  'en-unity':
    /\b(?:ethnic|national) (?:unity|harmony|solidarity|equality)\b|\bterritorial integrity\b|\bnational sovereignty\b/,
  'en-smear':
    /\b(?:groundless|baseless|unfounded|smear|slander|malicious|misinformation|disinformation|rumou?r|misunderstanding)\w*|\bdistort(?:s|ed|ion|ing)? (?:of )?(?:the )?facts\b/,
  'en-so-called': /\bso-called\b/,
  'en-achievements':
    /\b(?:remarkable|significant|great|tremendous|historic|notable|world-renowned|substantial|positive) (?:achievement|progress|result|contribution|success|stride)\w*/,
  'en-by-law':
    /\bin accordance with (?:the )?(?:relevant )?(?:laws?|constitution)\b|\brule of law\b|\b(?:relevant|applicable) laws and regulations\b/,
  'en-stability':
    /\b(?:social|long-term|political|national) (?:harmony|stability|order)\b|\b(?:stability|prosperity|peace) and (?:prosperity|stability|unity|development|order)\b|\bharmonious\b/,
  'en-well-being':
    /\b(?:well-being|livelihoods?|happiness|interests) of (?:the|its|our|all) (?:\w+ )?(?:people|citizens|groups)\b|\bpeople's (?:livelihood|well-being)/,
  'en-our-country': /\bour (?:country|party|nation|motherland|people|government)\b/,
  'en-win-win': /\bwin-win\b|\bmutual(?:ly)? (?:benefi|respect|trust)\w*/,
  'en-reunification': /\breunif(?:y|ication)\b/,
  'en-adhere':
    /\badher(?:e|es|ed|ing) to\b|\bcommitted to (?:\w+ ){0,2}?(?:protect|safeguard|promot|maintain|improv|build|ensur|the)\w*/,
  'en-measures':
    /\b(?:a series of|effective|necessary|active|proactive|strong) (?:effective )?(?:measures|steps|efforts)\b/,
  'en-vocational':
    /\bvocational (?:skills? )?(?:education|training)\b[^.!?\n]{0,60}?\b(?:centers?|centres?|help|improv|employ|extremis)/,
  'en-null': /\bnull and void\b|\billegal and (?:invalid|void)\b/,
  'zh-one-china': /一个中国(?:的)?(?:原则|政策)|一国两制/,
  'zh-sovereignty': /国家主权|领土完整|国家安全|国家统一|民族(?:团结|平等)|内政/,
  'zh-by-law': /依法(?:治|依规|开展|进行)|法律法规/,
  'zh-efforts':
    /一系列(?:[^,。]{0,6})(?:措施|政策|举措|行动)|不断(?:完善|推进|加强|提高|提升|改善)|积极(?:推动|推进|参与|履行|采取|作用|贡献)|高度重视/,
  'zh-so-called': /所谓(?:的)?/,
  'zh-win-win': /合作共赢|互利共赢|和平发展/,
  'zh-misunderstand': /误解|偏见|误导|片面|谣言/,
  'zh-development': /健康(?:有序)?发展|经济社会发展|高质量发展|社会进步|发展(?:思想|理念|道路)/,
})
