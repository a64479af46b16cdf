// The structure of rule files. An example stands above each production; language.md has them all, tested.
parser grammar JianluParser;
options { tokenVocab = JianluLexer; }

// A file is read declaration by declaration, so that a fault in one hides no other: these are the entry points.
regulationStart  : regulation EOF ;
commonStart      : common EOF ;
vocabularyStart  : vocabulary EOF ;
articleStart     : article EOF ;
declarationStart : declaration EOF ;
enumerationStart : enumeration EOF ;
ledgerStart      : ledger EOF ;
exprStart        : expr EOF ;

// 规定 秦皇岛水务 = qinhuangdao_water 制定机关 "…" 时区 "Asia/Shanghai" 版本 初版 = v1 施行 未载明 理由 "…"
regulation : REGULATION declaredName regulationHeader* ;
regulationHeader
    : ISSUED_BY STRING
    | TIME_ZONE STRING
    | USES usedFile (COMMA usedFile)*
    | VERSION declaredName IN_FORCE (DATE | NOT_STATED) (BECAUSE STRING)?
    ;
// 共用.录制
usedFile : COMMON FIELD ;

// 共用 录制 = recording "…"
common : COMMON declaredName STRING? ;

// 词汇 执法记录 = enforcement_recording "…"
vocabulary : VOCABULARY declaredName STRING? ;

// 现场记录 = record_on_site
declaredName : NAME EQ NAME ;

// 第七条 概要 "可以不记录的情形"
article : CITATION SUMMARY STRING ;

declaration : (CITATION (COMMA CITATION)*)? body ;

body
    : interpretation | definition | ground | act | exemption | derivation | norm | approval
    | category | sanction | manual | restatement | application | declarative
    ;

// 口径 及时补记 = write_up_promptly 为 24小时 理由 "原文仅称及时"
interpretation : INTERPRETATION declaredName IS expr (BECAUSE STRING)? ;

// 定义 每台人数 = officers_per_device 对 单位 u 为 数 默认 5 例外 第一款第一项 当 u.类别 = A类 则 2
// 定义 未经批准 = unapproved 对 对外提供 x 为 没有 a 于 x.批准
definition
    : DEFINE declaredName FOR parameter (COMMA parameter)*
      ( IS NAME DEFAULT expr exceptionCase* | IS expr )
      NO_ROLLOVER? (BECAUSE STRING)?
    ;
exceptionCase : EXCEPT CITATION? WHEN expr THEN expr ;
// 场次 s
parameter : NAME NAME ;

// 情形 须记录的活动 = must_record 对 场次 s 第一项 s.活动 含任一 {日常检查} 第六项 兜底 s.活动 含任一 {其他}
ground : GROUND declaredName FOR parameter (COMMA parameter)* groundItem+ ;
groundItem : CITATION CATCH_ALL? expr ;

// 行为 录制 = filming 对 场次 s 为 有 r 于 s.录像
act : ACT declaredName FOR parameter (COMMA parameter)* IS expr ;

// 豁免 可不记录 = excused 对 场次 s 依 无须记录 须主张 有 w 于 s.工作记录 使 无须记录(w) 期限 自 s.结束 起 24小时
exemption
    : EXEMPTION declaredName FOR parameter (UNDER NAME (COMMA NAME)*)? MUST_CLAIM expr deadline?
    ;

// 派生 间断 = gap 对 场次 s 于 空隙([s.到达、s.结束], 合并 …, 合并 …, 2秒) 等候 移交期限(s)
derivation : DERIVE declaredName FOR parameter IN expr (AWAITING expr)? ;

// 义务 移交导出 = hand_over 对每个 场次 s 当 … 除非 … 应当 有 t 于 s.移交 使 … 以 t.导出于 为准 期限 不晚于 移交期限(s)
norm : (DUTY | BAN | PERMIT) declaredName normClause* ;
normClause
    : FORMERLY NAME (COMMA NAME)*                       # formerlyClause
    | subject                                           # subjectClause
    | GOVERNING expr                                    # governingClause
    | WHEN expr                                         # whenClause
    | UNLESS expr                                       # unlessClause
    | (MUST | MUST_NOT | MAY) expr (TAKING expr AS_DECISIVE)?  # conditionClause
    | deadline                                          # deadlineClause
    | AWAITING expr                                     # awaitingClause
    | MAY_FALL_UNDER CITATION (WHEN expr)?              # categoryClause
    | MESSAGE STRING                                    # messageClause
    | BECAUSE STRING                                    # becauseClause
    | VALID (FROM DATE)? (UNTIL DATE)?                  # validClause
    | (NO_ROLLOVER | ROLLOVER | IN_PRINCIPLE)           # flagClause
    ;

// 对每个 场次 s · 对每个 场次 s 的间断 g
subject : FOR_EACH NAME NAME (FIELD NAME)? ;

// 期限 自 s.结束 起 24小时 · 期限 不晚于 日终(s.结束) · 期限 先于 r.开始
deadline : DEADLINE (FROM expr WITHIN expr | NO_LATER_THAN expr | BEFORE expr) ;

// 审批 查阅审批 = access_approval 对每个 查阅 q 依次 步骤 审核 a 于 q.审批记录 使 … 以 a.时间 为准 先于 q.查阅于
approval
    : APPROVAL declaredName subject (WHEN expr | UNLESS expr)* IN_ORDER? step+ BEFORE expr
      (MAY_FALL_UNDER CITATION (WHEN expr)? | MESSAGE STRING | AWAITING expr | IN_PRINCIPLE)*
    ;
step : STEP NAME NAME IN expr (SUCH_THAT expr)? TAKING expr AS_DECISIVE ;

// 类别 弄虚作假 = falsification 依 剪辑补录 对 录像 r 当 r.弄虚作假
category : CATEGORY declaredName (UNDER NAME (COMMA NAME)*)? (FOR parameter)? (WHEN expr)? STRING? ;

// 处理 行政处分 = discipline "给予行政处分" 当 "情况严重" 并处
sanction : SANCTION declaredName STRING (WHEN STRING)? CUMULATIVE? ;

// 人工 佩戴 = worn 对每个 场次 s 当 须记录的活动(s) 由 检查人员 查看 "是否佩戴" 频次 "随抽查"
manual : MANUAL declaredName subject (WHEN expr)? BY NAME CHECKS STRING (FREQUENCY STRING)? ;

// 重申 剪辑补录
restatement : RESTATES NAME STRING? ;
// 准用 第二十二条 "…"
application : APPLIES CITATION STRING? ;
// 宣示 "立法目的"
declarative : DECLARATIVE STRING ;

// 枚举 秘密种类 = secret_kind 可增 国家秘密 = state_secret 个人隐私 = personal_privacy
enumeration : ENUMERATION declaredName OPEN? (declaredName COMMA?)* ;

// 台账 录像 = recording "一段录音录像" 提供 "采集站" 从属 场次 列 录像 = recordings 标识 编号 时点 结束
ledger : LEDGER declaredName STRING? ledgerClause* fieldDeclaration* ;
ledgerClause
    : SUPPLIED_BY STRING
    | OWNED_BY NAME
    | LIST declaredName
    | REFERS_BY NAME
    | KEY NAME
    | GOVERNING NAME
    | BELONGS_TO NAME
    | PER NAME
    | GATHERS NAME
    ;
// 字段 活动 = activities : {活动种类} 必填 "…" 自 2024-01-01
fieldDeclaration : FIELD_DECL declaredName COLON typeName (REQUIRED | OPTIONAL | OBSERVED) STRING? (FROM DATE)? ;
typeName : NAME | LBRACE NAME RBRACE | LBRACK NAME RBRACK ;

// Quantifiers reach as far to the right as they can; as an operand they need parentheses.
expr : quantified | orExpr ;
quantified
    : (ANY | NONE) NAME IN postfix (SUCH_THAT expr)?
    | EVERY NAME IN postfix (WHERE expr)? ALL expr
    | COUNT NAME IN postfix (WHERE expr)?
    | (SUM | EARLIEST | LATEST | MERGED) NAME IN postfix (WHERE expr)? TAKE expr
    ;
orExpr  : andExpr (OR andExpr)* ;
andExpr : notExpr (AND notExpr)* ;
notExpr : NOT notExpr | comparison ;
comparison
    : sum ((EQ | NE | LT | LE | GT | GE | IS_IN | HAS_ANY | HAS_ALL | COVERS) sum)*
    | sum (IS_GIVEN | IS_MISSING)
    ;
sum     : product ((PLUS | MINUS) product)* ;
product : unary ((TIMES | OVER) unary)* ;
unary   : MINUS unary | postfix ;
postfix : primary FIELD* ;
primary
    : NUMBER | PERCENT | PERIOD | DATE | INSTANT | STRING | YES | NO
    | NAME LPAREN (expr (COMMA expr)*)? RPAREN
    | NAME
    | LPAREN expr RPAREN
    | LBRACE NAME (COMMA NAME)* RBRACE
    | LBRACK expr COMMA expr RBRACK
    ;
