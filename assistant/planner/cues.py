"""Cue words: what is wanted of the things named. One pattern per cue, read on the cleaned text."""

from __future__ import annotations

import re

_OPERATIONS = {
    "rank": r"排名|排行|排序|排位|名列|位居|前\s*[\d一二三四五六七八九十两]+\s*(?:名|位|个|大|省|强|的|$)|rank|ranking|league table|第一名|榜首",
    "high": r"最高|最多|最大|最重|最强|居首|第一|首位|最富|最严重|前\s*[\d一二三四五六七八九十两]+|highest|largest|biggest|\bmost\b|greatest|\btop\b|leading"
    r"|heaviest|worst|dirtiest|maximum|\bmax\b|richest|number one|strongest|来自哪|主要来源|main source|chief source|dominat|主要(?:的)?(?:排放)?(?:行业|部门)|\bdescending\b|\bdesc\b",
    "low": r"最低|最少|最小|最轻|最弱|最清洁|最穷|倒数|末位|垫底|lowest|smallest|\bleast\b|fewest|bottom|minimum|\bmin\b|cleanest|poorest|weakest"
    r"|\bascending\b|\basc\b|从低到高|由低到高|升序|(?<![之以今最])后\s*[\d一二三四五六七八九十两]+\s*(?:名|位|个)|\blast (?:three|four|five|\d)\b(?! years)",
    "position": r"排第几|第几|排名多少|位次|名次|什么名次|排名情况|排在什么|what (?:rank|place|position)|where does .{2,40} rank|rank of|how does .{2,40} rank|排几|in what place|which rank|'s rank\b",
    "compare": r"比较|对比|相比|谁更|谁高|谁低|谁最|谁多|谁少|哪个更|哪个高|哪个低|哪省更|孰|较之|compare|comparison|versus|\bvs\b\.?|against|set .{2,30} against"
    r"|side by side|which (?:is|was) (?:higher|lower|larger|smaller|bigger)|who (?:emits|emitted) more|between .{2,40} and|高还是|低还是|compared (?:with|to)",
    "difference": r"差距|相差|差多少|差额|之差|高多少|低多少|高出|多多少|少多少|多出|多排|少排|gap|difference|how much (?:more|less|higher|lower|larger|smaller)|by how much|minus"
    r"|比.{1,20}(?:高|低|多|少|大|小)(?:了)?(?:多少|几)",
    "share": r"占|比重|份额|占比|比例|百分之几|百分之多少|贡献率|贡献了多少|share|percentage of|per cent of|percent of|proportion|fraction|how much of|what part of|portion of|as a percentage|contribution of|\bpct of",
    "growth": r"增长率|增速|增幅|降幅|涨幅|增长|变化率|变化百分|下降了|上升了|上涨|涨了|下降率|跌幅|增长百分比|变动率|growth|grew|\bgrow\b|percent(?:age)? change|relative change"
    r"|\bin percent\b|rate of change|how fast|percentage .{0,60}(?:change|rise|fall|grow|increase|decrease)|by what percentage|多大比例|增减百分",
    "change": r"变化|变动|增加|减少|增量|减量|净增|多排放|少排放|升降|增减|下降|上升|升高|降低|change|increase|decrease|\brise\b|\brose\b|\bfall\b|\bfell\b|drop|decline|reduced|went up|went down"
    r"|how much (?:more|less) did|cut between|比.{0,8}(?:年)(?:多|少|高|低|增|减)|delta",
    "cagr": r"年均|年平均|平均每年|每年平均|复合增长|复合增速|annual average|average annual|avg annual|\bcagr\b|per year on average|on average per year|compound|annual(?:ised|ized)? growth|mean annual|平均增速|平均增长",
    "yoy": r"同比|较上年|比上年|较上一年|比上一年|较前一年|比前一年|环比|\byoy\b|\by/y\b|\by-o-y\b|year[\s-]on[\s-]year|year[\s-]over[\s-]year|previous year|year before|preceding year|prior year|较去年同期",
    "trend": r"趋势|历年|曲线|走势|变化情况|演变|发展情况|逐年|时间序列|trend|over time|time series|by year|evolution|evolve|develop(?:ed|ment of)|history of|historical|year by year|over the years|trajectory of (?:co2|emissions)|(?:如何|怎么|怎样)变化|how (?:has|have|did) .{2,60} (?:change|evolve|develop)",
    "extreme_year": r"最高点|最低点|峰值|哪(?:一)?年.{0,12}(?:最高|最低|最多|最少|最大|最小|达到)|(?:最高|最低|最多|最少|最大|最小|高点|达峰).{0,8}(?:哪(?:一)?年|年份|是何时|什么时候)|(?:which|what) year|in what year|when did .{2,40} (?:peak|hit|reach|bottom)"
    r"|peak(?:ed)? in|year of (?:the )?(?:highest|lowest|peak|maximum)|when was .{2,40} (?:highest|lowest|at its)|什么时候最|何时最|何年",
    "above": r"超过|高于|大于|多于|不低于|至少|以上|突破|\babove\b|\bover\b|exceed|more than|greater than|at least|higher than|no less than|>=?|≥",
    "below": r"低于|少于|小于|不超过|不高于|不到|以下|以内|\bbelow\b|\bunder\b|less than|fewer than|at most|lower than|no more than|<=?|≤",
    "count": r"多少个|几个(?:省|地区|市)|有几个|有多少(?:个)?省|how many (?:provinces|places|regions)|number of provinces",
    "sum": r"合计|总和|之和|加起来|加总|总共|共计|一共|\bsum\b|combined|together|altogether|in total|added up|aggregate|all together|相加",
    "mean": r"平均(?!每年|增|气)|均值|\bmean\b|\baverage\b(?! annual)",
    "each": r"分别|各自|各多少|各是|各为|各有|respectively|\beach\b|individually|separately|one by one",
    "cumulative": r"累计|累积|cumulative|accumulated|running total",
    "by_sector": r"分行业|按行业|各行业|行业构成|行业结构|部门构成|部门结构|分部门|各部门|产业构成|行业分布|部门分布|by sector|by industry|sectoral|per sector|sector breakdown|sector mix|breakdown by sector|across sectors|each sector|sector structure|industry mix|sector shares",
    "by_fuel": r"分燃料|按燃料|燃料构成|燃料结构|能源结构|能源构成|能源品种|分品种|各燃料|各种燃料|分能源|by fuel|fuel mix|fuel breakdown|fuel structure|each fuel|per fuel|by energy source|energy mix|which fuels?",
    "by_place": r"各省|分省|每个省|各地区|分地区|各省份|各省区|31省|30个?省|全国各地|by province|each province|every province|all provinces|per province|province by province|across provinces|across the provinces|provincial comparison",
    "by_part": r"分电源|电源结构|电源构成|发电结构|装机结构|by source|generation mix|power mix|capacity mix|by technology",
    "which_sector": r"(?:哪|什么|何).{0,3}(?:行业|部门|产业|领域)|(?:行业|部门|产业).{0,4}(?:是谁|哪个|哪些|是哪|是什么)|(?:which|what)(?: \w+)? (?:sector|industr|branch)|(?:top|largest|biggest|highest|lowest|main|leading|most \w+|dominant)(?: \w+){0,2} (?:sector|industr|source)"
    r"|(?:最高|最多|最大|最低|最少|最小|前.{1,3}|主要)(?:的)?(?:\S{0,3})(?:行业|部门|产业|领域)|what emits|排放大户|来自哪",
    "which_fuel": r"(?:哪|什么|何).{0,3}(?:燃料|能源|品种)|(?:which|what)(?: \w+)? (?:fuel|energy source)|(?:最高|最多|最大|主要)(?:的)?(?:\S{0,3})(?:燃料|能源)|(?:top|largest|main|leading|dominant)(?: \w+){0,2} fuel",
    "which_place": r"(?:哪|什么).{0,3}(?:省|地区|地方|市)|(?:which|what)(?: \w+){0,3} (?:province|region|place)|(?:最高|最多|最大|最低|最少|最小|前.{1,3})(?:的)?(?:\S{0,6})(?:省|地区|市)|(?:top|largest|biggest|highest|lowest|most|least|bottom|smallest)(?:[\s-]\w+){0,5} (?:province|region|emitter)"
    r"|provinces? (?:with|that|emit|had|have|by|in terms)|省份?(?:排名|排行|排序)|rank (?:the )?province|who (?:emits|emitted)|emitters?\b",
    "in_total_of": r"全省|全市|全国总|总排放|总量|of the total|of total|of all|of its|in its|of the province",
}  # fmt: skip

_DOMAINS = {
    "power_account": r"净调入电力|净购入电力|净外购电力|外购电力|含外(?:来|购|调)电|包含?外来电|外来电.{0,8}(?:排放|碳|口径)|电力间接排放|间接排放|范围(?:二|2)|范围一(?:和|加|\+|＋|与)范围?二|两种口径|两个口径|口径对比"
    r"|scope ?(?:two|2)|scope ?1 ?(?:\+|and|plus|&) ?2|net (?:imported|purchased|import of) (?:electricity|power)|imported (?:electricity|power).{0,30}(?:emission|carbon|co2)"
    r"|(?:emission|carbon|co2).{0,40}(?:imported|net imports? of|net) (?:electricity|power)|indirect emissions|both accounts|two accounts|with (?:net )?imported (?:power|electricity)|purchased electricity",
    "footprint": r"消费端|消费侧|消费口径|消费视角|消费责任|需求侧排放|消费型|基于消费|碳足迹|最终需求.{0,8}(?:排放|碳)|生产端.{0,6}消费端|consumption[\s-]based|consumption side|footprint|demand[\s-]side emissions|consumption account|consumer responsibility"
    r"|embodied in (?:its |the )?(?:final )?(?:consumption|demand)|final[\s-]demand emissions|due to (?:its )?(?:own )?final demand",
    "embodied_trade": r"隐含碳(?:的)?(?:净)?(?:贸易|转移|流动|流向|流入|流出|进口|出口|调入|调出|输入|输出)|碳转移|碳(?:净)?(?:流入|流出)|碳泄漏|(?:贸易|调入|调出|进口|出口|转移)(?:的)?隐含(?:的)?(?:碳|排放|二氧化碳)|碳贸易|净(?:输出|输入|流入|流出|出口|进口|调入|调出).{0,6}(?:碳|隐含)|隐含碳.{0,12}(?:净|来自|流向|伙伴|哪些省|从哪|去向)"
    r"|embodied (?:carbon|co2|emission)s?(?: \w+){0,3} (?:trade|flow|import|export|transfer|balance)|(?:trade|import|export|flow|balance|transfer)s?(?: \w+){0,5} embodied|embodied trade|carbon (?:leakage|transfer)|net (?:carbon )?(?:exporter|importer) of (?:embodied |carbon|co2|emission)|exporter or (?:an )?importer|importer or (?:an )?exporter"
    r"|(?:emission|carbon|co2)s? (?:embodied )?in (?:its |the )?(?:trade|exports|imports)|net (?:exporter|importer)|outsourc",
    "linkages": r"影响力(?:系数)?|感应度(?:系数)?|关键部门|关键产业|关键行业|前向(?:关联|联系)|后向(?:关联|联系)|产业关联(?:度|系数|强度|效应)|完全消耗系数|拉动系数|推动系数|乘数|主导产业|backward linkages?|forward linkages?|key sectors?|rasmussen|linkage|multipliers?|power of dispersion|sensitivity of dispersion|pulling power",
    "chain": r"上游|下游|上下游|供应链|产业链|供应商|供货|客户行业|供给方|谁用|买家|卖家|投入来源|投入结构|产业链条|采购(?:自|来源)|upstream|downstream|supply chains?|value chains?|suppliers?|customers?|buyers?|who (?:buys|supplies|uses)|where .{2,40} (?:inputs|sells)|inputs? (?:of|to|from) (?:the )?\w+|buy from|sell to|sells to|chain partners?",
    "map": r"产业(?:桑基|网络|关联网络|关联图|地图|联系图|结构图|流向|图谱|链图|骨架)|行业(?:桑基|网络|关联网络|关联图|图谱|间网络)|部门(?:网络|关联网络|桑基)|投入产出(?:网络|桑基|图|流)|产业间|部门间|行业间|网络图|关联网络|industr(?:y|ial) (?:network|map|sankey|linkage network|graph|flows?)|network of (?:sectors|industries|industrial|inter)|inter-?(?:industry|sectoral|sector) (?:network|flows?|linkages?|sankey|map)|sectoral network|production network|input-output (?:network|sankey|map|flows?)|sankey of (?:the )?(?:\w+ )?(?:industr|product|sector|inter)|backbone|network (?:chart|diagram|graph)",
    "fuel_flow": r"(?:燃料|能源|能流|煤炭?|化石).{0,10}(?:桑基|流向|流动图|到(?:各)?(?:行业|部门))|能流图|碳流图|(?:排放|碳).{0,6}流向图|桑基.{0,10}(?:燃料|能源)|fuels? (?:to|->|by|and|into) sectors?|fuel[\s-](?:to[\s-])?(?:sector )?(?:flow|sankey)|energy (?:flow|sankey)|sankey.{0,40}(?:fuel|energy|co2|emission)|(?:fuel|energy|co2|emission)s?.{0,30}sankey|carbon flow (?:chart|diagram)",
    "policy_words": r"政策|文件|条款|第.{1,4}条|规定|规划|纲要|方案|意见|标准|指南|通知|办法|白皮书|NDC|自主贡献|国家自主|要求|policy|policies|document|clause|article \d|plan says?|regulation|standard|guideline|guidance|action plan|five-year plan|opinions|nationally determined|directive|framework|requirement|\bITU\b|\bISC\b|SBTi|L\.?14\d\d|科学碳目标|双控|dual control|according to|核查|披露|宣传|对外",
    "target_words": r"目标|指标要求|力争|要求|应达到|需达到|须达到|要达到|达到多少|需要达到|须不低于|约束性|预期性|任务|上限|控制在|target|goal|aim(?:s|ed)?\b|should reach|must reach|shall reach|need to reach|supposed to|required|requirement|cap on|ceiling|pledge|commit|objective|mandate",
    "roadmap": r"碳中和|碳达峰|达峰|双碳|路线图|时间表|情景|路径|净零|零碳|远景|深度脱碳|减排潜力|脱碳|反演|倒推|怎么减|如何减|怎样减|减排(?:措施|方案|贡献|路线)|楔形|未来(?:排放|碳)|预测|展望|neutrality|carbon[\s-]neutral|net[\s-]zero|pathways?|roadmap|scenarios?|backcast|decarboni[sz]|peak(?:ing)? (?:year|emissions|carbon|before|by|window)|projection|outlook|forecast|wedges?|mitigation|abate(?:ment)?|how (?:to|can|could|should) .{2,40} (?:cut|reduce|decarboni)|\bccus\b|\bccs\b|\bcdr\b|现行政策|current[\s-]polic|dual[\s-]carbon",
    "what_if": r"如果|假如|假设|倘若|要是|若(?!干)|设想|敏感性|what if|what would|suppose|assuming|assume|if .{2,60}(?:were|was|is|are|reach|rise|fall|raise|grow|had|has|by|no)|without|去掉|不用|没有ccus|取消|sensitivity|what happens|提高到|降低到|提升到|降到|raised? to|lower(?:ed)? to|increase[sd]? to|cut to",
    "contraction": r"(?:每年|年均|逐年|按年).{0,8}线性|线性(?:下降|减少|递减|减排|收缩|降)|绝对(?:收缩|减排)法|absolute contraction|linear(?:ly)?(?: annual)? (?:reduction|decline|decrease|cut|fall|contraction|path)|SBTi?.{0,20}(?:pathway|path|rate|illustrat|线性|速率|降速)|(?:reduc|cut|fall|declin|decreas)\w* (?:linearly|in a straight line)|straight[\s-]line|每年(?:线性)?(?:下降|减少|降低|递减)\s*\d"
    r"|\d(?:\.\d+)?\s*% (?:per year|a year|annually|p\.?a\.?|each year|every year|yearly)|1\.5.{0,3}(?:度|°C|degrees?).{0,12}(?:速率|降速|rate)",
    "benchmark": r"(?:最好|最优|最低|最先进|最佳|先进|标杆)(?:的)?(?:省|水平|值|地区).{0,10}(?:差|比|差距)|与.{0,8}(?:最好|最优|最佳|先进|标杆).{0,6}(?:差|比)|和.{0,8}(?:最好|最优|最佳|先进|标杆)(?:的)?(?:省|水平)|对标|标杆省|赶上|追上|best[\s-]in[\s-]class|best (?:province|performer|practice)|benchmark(?:ed|ing)? (?:against|to|with)?|gap to the (?:best|leader|lowest|cleanest)|frontier|compared (?:with|to) the (?:best|cleanest|leader)|how far .{2,60} from the (?:best|cleanest|lowest|leader)|节能潜力|强度差距",
    "about": r"数据(?:来源|出处|许可|授权|引用|版权|口径|范围|覆盖|年份|版本|集)|许可|授权|引用格式|怎么引用|如何引用|参考文献|版权|哪些年份|覆盖(?:哪|范围|年份)|口径(?:是什么|说明|定义)|怎么(?:算|计算)的|如何(?:计算|核算|得出|算)|计算方法|方法(?:是什么|学|说明)|定义是|缺(?:少|了)?哪|没有哪|数据截至|有哪些数据|有什么数据|是否包含|包括(?:哪些|什么)|是否可靠|可信|不确定性|来自哪里的数据|为什么.{0,30}(?:加起来|之和|不等于|大于|高于|超过|不一致)"
    r"|data ?(?:source|set|licen|coverage|base)|licen[cs]e|how (?:do|should|can|to) (?:i |we |you )?cite|citation|credit the|which years|what years|years (?:are )?(?:covered|available|in)|which province is missing|missing province|coverage|where (?:does|do) (?:the |your )?(?:data|figures|numbers) come|sources? of (?:the |your )?data|your (?:inventory|data|sources|method|tables?)|how (?:is|are|was|were|do you) .{2,50}(?:computed|calculated|defined|measured|estimated|obtained|derived)|method(?:ology)?|what does .{2,30} mean|definition of|what (?:is|are) (?:scope|territorial|embodied)|is tibet|does .{2,30} include|what data|how reliable|why .{0,60}(?:differ|exceed|not equal|add up|more than the national|larger than)",
}  # fmt: skip

_FORMS = {
    "treemap": r"树图|树状图|矩形树|treemap|tree map|mosaic",
    "sankey": r"桑基|sankey|能流图|流向图",
    "network": r"网络|network|graph of|关联图|图谱",
    "line": r"折线|曲线|line chart|line graph|时间序列图|走势图|趋势图",
    "bar": r"柱状|柱形|条形|直方|bar chart|bar graph|bars|column chart",
    "tilemap": r"地图|分布图|tile ?map|\bmap\b(?! of (?:industr|sector|the chain))|choropleth|cartogram",
    "pie": r"饼图|环形图|pie chart|pie\b|donut",
    "heatmap": r"热力图|热图|heat ?map",
    "wedge": r"楔形图|wedge (?:chart|diagram)|wedges",
    "fan": r"扇形图|fan chart|区间图",
    "timeline": r"甘特|时间轴|gantt|timeline",
    "table": r"表格|列表|列个表|一张表|做表|成表|\btable\b|tabulate|spreadsheet|\bcsv\b|\bexcel\b",
    "draw": r"画|绘制|绘图|作图|图示|出图|可视化|图表|(?:一|张|个|幅)图|(?:看|成|用|出)图|plot|chart|draw|graph|visuali[sz]e|diagram|picture|sketch",
}  # fmt: skip

_TALK = {
    "greeting": r"^(?:你好|您好|嗨|哈喽|早上好|上午好|下午好|晚上好|大家好|hello|hi|hey|good (?:morning|afternoon|evening)|greetings)(?:[\s,，!！.。~呀啊吗]|there|tanlu|碳路)*$",
    "thanks": r"^(?:非常|太|多)?(?:谢谢|感谢|谢了|多谢|辛苦了|thanks?|thank you|thx|cheers|much appreciated|great|好的|ok|okay|明白了|知道了|不错|很好)(?:[\s,，!！.。了你您啊吧]|so much|very much|a lot|you|for|the|help|answer)*$",
    "bye": r"^(?:再见|拜拜|回头见|bye|goodbye|see you)(?:[\s,，!！.。]|later|now)*$",
    "who": r"你是谁|你叫什么|你是什么|你是哪|您是谁|介绍(?:一下)?(?:你|您)?自己|你是(?:不是)?(?:chatgpt|gpt|ai|人工智能|机器人|真人|大模型)|who are you|what are you|your name|are you (?:an? )?(?:ai|human|bot|robot|llm|chatgpt|gpt|language model|real)|introduce yourself|who (?:made|built|created|developed) you|谁(?:开发|做|创造)(?:了|的)?你|什么模型|which model are you|what model",
    "help": r"^(?:帮助|帮帮我|help|help me|怎么用|如何使用|使用说明|usage|manual|\?|？)[\s!！.。?？]*$|你(?:能|会|可以)(?:做|干|帮|回答|提供)?(?:什么|哪些|些)|能做(?:什么|哪些)|可以(?:问|做|查)(?:什么|哪些)|有(?:什么|哪些)功能|怎么(?:使用|用你)|what can (?:you|i|we) (?:do|ask|answer|know)|how (?:do|can) i use (?:you|this|tanlu)|what do you (?:do|know)|your (?:capabilities|abilities|functions|features)|give me examples|example questions|示例问题|举(?:几个)?例子",
    "off_topic": r"机票|车票|火车票|酒店|订房|外卖|天气|气温(?!目标)|股市|股票|股价|基金|彩票|笑话|作诗|写诗|诗歌|一首诗|写(?:一)?篇|作文|小说|歌词|菜谱|食谱|做菜|电影|电视剧|音乐|游戏|星座|算命|翻译|英语作文|写代码|编程|python脚本|减肥|看病|医生|感情|恋爱|比赛|足球|篮球|新闻|flight|ticket|hotel|weather|stock (?:price|market)|lottery|joke|poem|poetry|song|lyrics|recipe|movie|film|football|basketball|horoscope|translate|write (?:me )?(?:a|an|some) (?:\w+ )?(?:code|script|program|essay|story|letter|email|poem|function)|password|dating|girlfriend|boyfriend|medical|diagnos|capital of|president|prime minister|who won|restaurant|pizza",
    "injection": r"ignore (?:all |any )?(?:previous|prior|above|the) (?:instructions|prompts|rules)|忽略(?:以上|之前|前面|所有).{0,6}(?:指令|提示|规则|要求)|system prompt|系统提示|jailbreak|developer mode|\bDAN\b|你的提示词|reveal your|api[\s_-]?key|密钥|rm -rf|/etc/passwd|__import__|os\.system|<script|\bsudo\b",
    "sql_write": r"\b(?:insert\s+into|update\s+\w+\s+set|delete\s+from|drop\s+(?:table|view|database|schema)|truncate(?:\s+table)?\s+\w+|alter\s+table|create\s+(?:or\s+replace\s+)?(?:table|view|macro|function)|attach\s+'|copy\s+\w+\s+(?:to|from)|install\s+\w+;|load\s+'|grant\s+\w+|pragma\s+\w+|union\s+select|or\s+1\s*=\s*1)|;\s*--|(?:把|将).{0,20}(?:改为|改成|修改为|设为|删除|清零).{0,12}$|删除(?:所有|全部)?(?:数据|表)",
    "recall": r"重复(?:一遍|上)|刚才(?:说|的)|上一个(?:回答|问题)|再说一遍|repeat (?:that|the last|your)|say (?:that|it) again|last answer|previous answer",
}  # fmt: skip

CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for table in (_OPERATIONS, _DOMAINS, _FORMS, _TALK)
    for name, pattern in table.items()
}
FORMS = tuple(_FORMS)
TALK = tuple(_TALK)


def read_cues(text: str) -> frozenset[str]:
    """The cues present in a cleaned text."""
    return frozenset(name for name, pattern in CUES.items() if pattern.search(text))
