// The grammar of rule files, each production with an example above it.
// A file is a header followed by article headings and declarations. The parser is given one of these pieces at a time
// (engine/syntax/pieces.cc cuts at the words that begin them), so that a fault stays in its piece.
// Which clauses a declaration may have is a table: engine/syntax/clauses.cc.
parser grammar JianluParser;
options { tokenVocab = JianluLexer; }

// ---- pieces

// 规定 秦皇岛水务 = qinhuangdao_water 制定机关 "秦皇岛市水务局" 时区 "Asia/Shanghai" 版本 初版 = v1 施行 未载明
headerPiece : header EOF ;
// 第七条 概要 "可以不记录的情形"
headingPiece : heading EOF ;
// 第一款 义务 现场记录 = record_on_site 对每个 场次 s 应当 录制(s)
declarationPiece : declaration EOF ;
// 枚举 活动种类 = activity_kind 可增 日常检查 = routine_inspection
enumerationPiece : enumeration EOF ;
// 台账 场次 = session "一次现场执法活动" 标识 编号 时点 结束
ledgerPiece : ledger EOF ;
// 字段 编号 = id : 文本 必填
fieldPiece : fieldDeclaration EOF ;
// {s.编号} in a message
expressionPiece : expression EOF ;

// ---- headers

header : (REGULATION | COMMON | VOCABULARY) declaredName headerClause* ;
// 制定机关 "秦皇岛市水务局"
headerClause
  : TEXT
  | ISSUED_BY TEXT
  | TIME_ZONE TEXT
  | USES usedFile (COMMA usedFile)*
  | version
  ;
// 共用.录制
usedFile : COMMON FIELD ;
// 版本 初版 = v1 施行 2024-01-01 理由 "…"
version : VERSION declaredName COMMENCEMENT (DATE | UNSTATED) because? ;
// 理由 "原文仅称及时"
because : BECAUSE TEXT ;

// 第七条 概要 "可以不记录的情形"
heading : CITE SUMMARY TEXT ;

// 现场记录 = record_on_site
declaredName : NAME (EQUALS NAME)? ;

// ---- declarations

// 第一款、第二款 义务 现场记录 = record_on_site …
declaration
  : cites?
    ( declarationKind declaredName clause*
    | GROUND declaredName (clause | groundItem)*
    | RESTATES (NAME | CITE) clause*
    | APPLIES CITE clause*
    | DECLARATIVE clause*
    )
  ;
// 第一款、第二款第一项
cites : CITE (COMMA CITE)* ;
declarationKind
  : INTERPRETATION | DEFINE | ACT | DUTY | BAN | PERMIT | EXEMPTION | DERIVE | APPROVAL | CATEGORY | SANCTION
  | MANUAL
  ;

clause
  : subject | parameters | asClause | inClause | defaultClause | exceptionClause | whenClause | unlessClause
  | shallClause | mustNotClause | mayClause | deadline | before | awaiting | timedBy | category | restingOn | claimedBy
  | by | checks | frequency | step | ordered | noRollover | rollover | generally | cumulative | formerly | valid
  | because | message | text
  ;

// 对每个 场次 s 的间断 g
subject : FOR_EACH NAME NAME (FIELD NAME)? ;
// 对 场次 s、间断 g
parameters : FOR parameter (COMMA parameter)* ;
parameter : NAME NAME ;
// 为 24小时 | 为 时刻
asClause : AS expression ;
// 于 空隙([s.到达、s.结束], …)
inClause : IN expression ;
// 默认 r.结束 + 1年
defaultClause : DEFAULT expression ;
// 例外 第一款第一项 当 u.类别 = A类 则 2
exceptionClause : EXCEPT CITE? WHEN expression THEN expression ;
// 第六项 兜底 s.活动 含任一 {其他现场执法}
groundItem : CITE CATCH_ALL? expression ;
// 当 须记录的活动(s)
whenClause : WHEN expression ;
// 除非 可不记录(s)
unlessClause : UNLESS expression ;
// 应当 有 t 于 s.移交 使 t.接收部门 = 办公室 以 t.导出于 为准
shallClause : SHALL condition ;
// 不得 已被编辑(r)
mustNotClause : MUST_NOT condition ;
// 可以 录制(s)
mayClause : MAY condition ;
condition : expression (WITH expression DECISIVE)? ;
// 期限 自 s.结束 起 24小时 | 期限 不晚于 x.附卷于 | 期限 先于 r.开始
deadline : DEADLINE (FROM expression WITHIN expression | NO_LATER_THAN expression | BEFORE expression) ;
// 先于 q.查阅于
before : BEFORE expression ;
// 等候 移交期限(s)
awaiting : AWAITING expression ;
// 时点 r.删除于
timedBy : TIMED_BY expression ;
// 可归入 第二十七条第三项 当 s.引发投诉
category : MAY_FALL_UNDER CITE (WHEN expression)? ;
// 依 现场记录、无故中断
restingOn : RESTING_ON NAME (COMMA NAME)* ;
// 须主张 有 w 于 s.工作记录 使 无须记录(w)
claimedBy : CLAIMED_BY condition ;
// 由 检查人员
by : BY NAME ;
// 查看 "是否佩戴"
checks : CHECKS TEXT ;
// 频次 "每月"
frequency : FREQUENCY TEXT ;
// 步骤 审核 a 于 q.审批记录 使 a.结果 = 同意 以 a.时间 为准
step : STEP NAME NAME IN list (SUCH_THAT expression)? WITH expression DECISIVE ;
// 依次
ordered : ORDERED ;
// 不顺延
noRollover : NO_ROLLOVER ;
// 顺延
rollover : ROLLOVER ;
// 原则上
generally : GENERALLY ;
// 并处
cumulative : CUMULATIVE ;
// 曾用 record_at_scene
formerly : FORMERLY NAME (COMMA NAME)* ;
// 有效 自 2024-01-01 至 2025-12-31
valid : VALID (FROM DATE (UNTIL DATE)? | UNTIL DATE) ;
// 说明 "场次 {s.编号} 没有记录"
message : MESSAGE TEXT ;
// "责令作出书面检查"
text : TEXT ;

// ---- the vocabulary

// 枚举 活动种类 = activity_kind 可增 日常检查 = routine_inspection 投诉举报处置 = complaint_handling
enumeration : ENUMERATION declaredName OPEN? TEXT? (declaredName COMMA?)* ;

// 台账 录像 = recording "一段录音录像" 提供 "采集站" 从属 场次 列 录像 = recordings 标识 编号 时点 结束
ledger : LEDGER declaredName ledgerClause* ;
ledgerClause : ledgerText | supplier | owner | via | listed | key | ledgerTime | ledgerPeriod | belongsTo | clockedBy | perPeriod ;
// "一段录音录像"
ledgerText : TEXT ;
// 提供 "采集站"
supplier : SUPPLIED_BY TEXT ;
// 从属 场次
owner : CHILD_OF NAME ;
// 反引 场次
via : VIA NAME ;
// 列 录像 = recordings
listed : LISTED_AS declaredName ;
// 标识 编号
key : KEY NAME ;
// 时点 结束
ledgerTime : TIMED_BY NAME ;
// 自 开始 至 结束
ledgerPeriod : FROM NAME UNTIL NAME ;
// 归属 单位
belongsTo : BELONGS_TO NAME ;
// 计时 时钟
clockedBy : CLOCKED_BY NAME ;
// 按 月 汇集 场次
perPeriod : PER NAME COLLECTING NAME ;

// 字段 设备 = device : 设备 可缺 "…" 自 2024-01-01
fieldDeclaration : FIELD_KEYWORD declaredName COLON type (REQUIRED | OPTIONAL | OBSERVED) TEXT? (FROM DATE)? ;
// 文本 | {活动种类} | [期间]
type : NAME | OPEN_CURLY NAME CLOSE_CURLY | OPEN_SQUARE NAME CLOSE_SQUARE ;

// ---- expressions
// 且 and 或 are not mixed without parentheses, comparisons are not chained, and a quantifier that is an operand stands
// in parentheses: the grammar accepts these and engine/syntax/build_expression.cc reports them with both readings.

// s.开始 已填 且 非 可不记录(s)
expression : negation ((AND | OR) negation)* ;
// 非 录制(s)
negation : NOT negation | comparison ;
// r.删除于 <= 保存至(r) | w.涉密 含任一 {国家秘密} | w.原因 已填 | r.经过编辑 已认定
comparison : sum (comparator sum | IS_GIVEN | IS_MISSING | IS_RULED_ON)* ;
comparator
  : EQUALS | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL | IS_ONE_OF | HAS_ANY_OF | HAS_ALL_OF | COVERS
  ;
// s.结束 + 24小时
sum : product ((PLUS | MINUS) product)* ;
// 5% * (计数 s 于 m.场次)
product : sign ((TIMES | DIVIDE) sign)* ;
// -2
sign : MINUS sign | path ;
// r.场次.案卷
path : primary FIELD* ;
primary
  : NUMBER | PERCENT | PERIOD | DATE | INSTANT | TEXT | TRUE_ | FALSE_
  | call | NAME | group | set | interval | quantifier
  ;
// 较晚(a, b)
call : NAME OPEN_ROUND (expression (COMMA expression)*)? CLOSE_ROUND ;
// (a 或 b)
group : OPEN_ROUND expression CLOSE_ROUND ;
// {照相机、录像机}
set : OPEN_CURLY NAME (COMMA NAME)* CLOSE_CURLY ;
// [s.到达、s.结束]
interval : OPEN_SQUARE expression COMMA expression CLOSE_SQUARE ;
// s.移交 | 录像(s)
list : (NAME | call | group) FIELD* ;
// 有 t 于 s.移交 使 t.导出于 已填 | 每个 i 于 h.领用 其中 i.领用于 < h.办理于 均 i.归还于 已填
quantifier
  : (ANY | NONE) NAME IN list (SUCH_THAT expression)?
  | EVERY NAME IN list (WHERE expression)? SATISFIES expression
  | COUNT NAME IN list (WHERE expression)?
  | (SUM | EARLIEST | LATEST | MERGED) NAME IN list (WHERE expression)? TAKING expression
  ;
