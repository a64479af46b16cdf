// The tokens of rule files. Every keyword has one Chinese and one English spelling; engine/syntax/keywords.def lists the
// pairs for translation, and a test holds the two files against each other.
lexer grammar JianluLexer;

// --- files and headers -------------------------------------------------------------------------------------------
REGULATION   : '规定' | 'regulation' ;
COMMON       : '共用' | 'common' ;
VOCABULARY   : '词汇' | 'vocabulary' ;
ISSUED_BY    : '制定机关' | 'issued_by' ;
TIME_ZONE    : '时区' | 'time_zone' ;
USES         : '引用' | 'uses' ;
VERSION      : '版本' | 'version' ;
IN_FORCE     : '施行' | 'in_force' ;
NOT_STATED   : '未载明' | 'not_stated' ;
SUMMARY      : '概要' | 'summary' ;
BECAUSE      : '理由' | 'because' ;

// --- declarations ------------------------------------------------------------------------------------------------
INTERPRETATION : '口径' | 'interpretation' ;
DEFINE       : '定义' | 'define' ;
GROUND       : '情形' | 'ground' ;
ACT          : '行为' | 'act' ;
DUTY         : '义务' | 'duty' ;
BAN          : '禁止' | 'ban' ;
PERMIT       : '许可' | 'permit' ;
EXEMPTION    : '豁免' | 'exemption' ;
DERIVE       : '派生' | 'derive' ;
APPROVAL     : '审批' | 'approval_chain' ;
CATEGORY     : '类别' | 'category' ;
SANCTION     : '处理' | 'sanction' ;
MANUAL       : '人工' | 'manual' ;
RESTATES     : '重申' | 'restates' ;
APPLIES      : '准用' | 'applies' ;
DECLARATIVE  : '宣示' | 'declarative' ;

// --- clauses -----------------------------------------------------------------------------------------------------
IS           : '为' | 'is' ;
DEFAULT      : '默认' | 'default' ;
EXCEPT       : '例外' | 'except' ;
WHEN         : '当' | 'when' ;
THEN         : '则' | 'then' ;
CATCH_ALL    : '兜底' | 'catch_all' ;
UNDER        : '依' | 'under' ;
MUST_CLAIM   : '须主张' | 'must_claim' ;
FOR          : '对' | 'for' ;
FOR_EACH     : '对每个' | 'for_each' ;
MUST         : '应当' | 'must' ;
MUST_NOT     : '不得' | 'must_not' ;
MAY          : '可以' | 'may' ;
UNLESS       : '除非' | 'unless' ;
DEADLINE     : '期限' | 'deadline' ;
NO_LATER_THAN : '不晚于' | 'no_later_than' ;
BEFORE       : '先于' | 'before' ;
FROM         : '自' | 'from' ;
WITHIN       : '起' | 'within' ;
UNTIL        : '至' | 'until' ;
TAKING       : '以' | 'taking' ;
AS_DECISIVE  : '为准' | 'as_decisive' ;
AWAITING     : '等候' | 'awaiting' ;
GOVERNING    : '时点' | 'governing_time' ;
MAY_FALL_UNDER : '可归入' | 'may_fall_under' ;
MESSAGE      : '说明' | 'message' ;
BY           : '由' | 'by' ;
CHECKS       : '查看' | 'checks' ;
FREQUENCY    : '频次' | 'frequency' ;
STEP         : '步骤' | 'step' ;
IN_ORDER     : '依次' | 'in_order' ;
NO_ROLLOVER  : '不顺延' | 'no_rollover' ;
ROLLOVER     : '顺延' | 'rollover' ;
IN_PRINCIPLE : '原则上' | 'in_principle' ;
CUMULATIVE   : '并处' | 'cumulative' ;
FORMERLY     : '曾用' | 'formerly' ;
VALID        : '有效' | 'valid' ;

// --- vocabulary --------------------------------------------------------------------------------------------------
ENUMERATION  : '枚举' | 'enumeration' ;
OPEN         : '可增' | 'extensible' ;
LEDGER       : '台账' | 'ledger' ;
SUPPLIED_BY  : '提供' | 'supplied_by' ;
OWNED_BY     : '从属' | 'owned_by' ;
LIST         : '列' | 'list' ;
REFERS_BY    : '反引' | 'refers_by' ;
KEY          : '标识' | 'key' ;
BELONGS_TO   : '归属' | 'belongs_to' ;
PER          : '按' | 'per' ;
GATHERS      : '汇集' | 'gathers' ;
FIELD_DECL   : '字段' | 'field' ;
REQUIRED     : '必填' | 'required' ;
OPTIONAL     : '可缺' | 'optional' ;
OBSERVED     : '待查' | 'observed' ;

// --- expressions -------------------------------------------------------------------------------------------------
AND          : '且' | 'and' ;
OR           : '或' | 'or' ;
NOT          : '非' | 'not' ;
ANY          : '有' | 'any' ;
NONE         : '没有' | 'none' ;
EVERY        : '每个' | 'every' ;
COUNT        : '计数' | 'count' ;
SUM          : '合计' | 'sum' ;
EARLIEST     : '最早' | 'earliest' ;
LATEST       : '最晚' | 'latest' ;
MERGED       : '合并' | 'merged' ;
IN           : '于' | 'in' ;
SUCH_THAT    : '使' | 'such_that' ;
WHERE        : '其中' | 'where' ;
ALL          : '均' | 'all' ;
TAKE         : '取' | 'of' ;
IS_IN        : '属于' | 'is_in' ;
HAS_ANY      : '含任一' | 'has_any' ;
HAS_ALL      : '含全部' | 'has_all' ;
COVERS       : '覆盖' | 'covers' ;
IS_GIVEN     : '已填' | 'is_given' ;
IS_MISSING   : '未填' | 'is_missing' ;
YES          : '是' | 'yes' ;
NO           : '否' | 'no' ;

// --- literals ----------------------------------------------------------------------------------------------------
// 第十五条第一款第二句 · art 15 para 1 s 2; relative where the article is left out: 第一款第二句 · para 1 s 2
CITATION
    : (ZH_ORDINAL '条')? ZH_REST+ | ZH_ORDINAL '条'
    | 'art' SP+ [0-9]+ (SP+ EN_REST)* | EN_REST (SP+ EN_REST)*
    ;
fragment ZH_ORDINAL : '第' [一二三四五六七八九十百零]+ ;
fragment ZH_REST    : ZH_ORDINAL ('款' | '项' | '句' | '分句') ;
fragment EN_REST    : ('para' | 'item' | 's' | 'cl') SP+ [0-9]+ ;

// 24小时 · 24 hours; 1年 · 1 year; 2个工作日 · 2 working_days
PERIOD       : DIGIT+ SP* UNIT ;
fragment UNIT
    : '秒' | '分钟' | '小时' | '日' | '个月' | '年' | '个工作日'
    | 'second' 's'? | 'minute' 's'? | 'hour' 's'? | 'day' 's'? | 'month' 's'? | 'year' 's'? | 'working_day' 's'?
    ;
INSTANT      : ISO_DATE 'T' DIGIT DIGIT [:：] DIGIT DIGIT ([:：] DIGIT DIGIT)? ;
DATE         : ISO_DATE ;
fragment ISO_DATE : DIGIT DIGIT DIGIT DIGIT '-' DIGIT DIGIT '-' DIGIT DIGIT ;
PERCENT      : DIGIT+ ([.．] DIGIT+)? SP* [%％] ;
NUMBER       : DIGIT+ ([.．] DIGIT+)? ;
STRING       : '"' ~["\r\n]* '"' | '“' ~[”\r\n]* '”' | '＂' ~[＂\r\n]* '＂' ;

// .期限 · .deadline; the name after the point is part of the token, so a field may be called like a keyword.
// s 的间断 · s 's gap
FIELD        : [.．] SP* WORD | '的' SP* WORD | ['’] 's' SP+ WORD ;
NAME         : WORD ;
fragment WORD  : [\p{L}_] [\p{L}\p{N}_]* ;
fragment DIGIT : [0-9０-９] ;
fragment SP    : [ \t\u3000] ;

// --- punctuation; a full-width sign is the same token as its ASCII twin ------------------------------------------
LPAREN : [(（] ;
RPAREN : [)）] ;
LBRACE : [{｛] ;
RBRACE : [}｝] ;
LBRACK : '[' | '［' | '【' ;
RBRACK : ']' | '］' | '】' ;
COMMA  : [,，、] ;
COLON  : [:：] ;
EQ     : [=＝] ;
NE     : '!=' | '！＝' | '≠' ;
LE     : '<=' | '＜＝' | '≤' ;
GE     : '>=' | '＞＝' | '≥' ;
LT     : [<＜] ;
GT     : [>＞] ;
PLUS   : [+＋] ;
MINUS  : [-－] ;
TIMES  : [*＊×] ;
OVER   : [/／÷] ;

COMMENT : ('//' | '／／') ~[\r\n]* -> channel(HIDDEN) ;
SPACE   : [ \t\r\n\u3000\u00A0\uFEFF]+ -> channel(HIDDEN) ;
OTHER   : . ;
