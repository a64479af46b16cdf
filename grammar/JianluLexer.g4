// The words of a rule file. Each token has a Chinese and an English spelling; the language of a file decides which of
// the two is a keyword there (engine/syntax/lex.cc). Keywords: one rule per line of engine/syntax/keywords.def.
// Full-width punctuation, digits included, equals its ASCII twin. A name wins over a keyword that it begins with,
// because the longest match wins: 义务人 is a name. A word that runs on after a number is caught by lex.cc.
lexer grammar JianluLexer;

// ---- literals
// 第十五条第一款第二句第一分句 | art 15 para 1 s 2 cl 1. What is no canonical spelling is reported by lex.cc.
CITE
  : (ZH_ORDINAL '条') (ZH_ORDINAL '款')? (ZH_ORDINAL '项')? (ZH_ORDINAL '句')? (ZH_ORDINAL '分句')?
  | (ZH_ORDINAL '款') (ZH_ORDINAL '项')? (ZH_ORDINAL '句')? (ZH_ORDINAL '分句')?
  | (ZH_ORDINAL '项') (ZH_ORDINAL '句')? (ZH_ORDINAL '分句')?
  | (ZH_ORDINAL '句') (ZH_ORDINAL '分句')?
  | (ZH_ORDINAL '分句')
  | EN_LEVEL (' ' EN_LEVEL)*
  ;
fragment ZH_ORDINAL : '第' ([零〇一二三四五六七八九十百千两] | DIGIT)+ ;
fragment EN_LEVEL : ('art' | 'para' | 'item' | 's' | 'cl') ' ' [0-9]+ ;

// 2024-01-01T08:00, local to the bureau
INSTANT : DATE 'T' DIGIT+ [:：] DIGIT+ ([:：] DIGIT+ ('.' DIGIT+)?)? ;
// 2024-01-01
DATE : DIGIT DIGIT DIGIT DIGIT [-－] DIGIT DIGIT [-－] DIGIT DIGIT ;
// 24小时 | 24 hours
PERIOD
  : DIGIT+ ('秒' | '分钟' | '小时' | '日' | '个月' | '年' | '个工作日')
  | DIGIT+ ' ' ('second' | 'minute' | 'hour' | 'day' | 'month' | 'year' | 'working day') 's'?
  ;
// 5%
PERCENT : NUMBER [%％] ;
// 5, 0.25
NUMBER : DIGIT+ ([.．] DIGIT+)? ;
fragment DIGIT : [0-9０-９] ;

// "…" or “…”; a quotation mark inside is doubled; ends on its line
TEXT : '"' (~["\r\n] | '""')* '"' | '“' (~[”\r\n] | '””')* '”' | '＂' (~[＂\r\n] | '＂＂')* '＂' ;
UNFINISHED_TEXT : '"' (~["\r\n] | '""')* | '“' (~[”\r\n] | '””')* | '＂' (~[＂\r\n] | '＂＂')* ;

// .结束 | 的结束 | 's ended: the dot and the name after it are one token
FIELD
  : [.．] NAME
  | '的' [ ]* NAME
  | '\'' 's' [ ]+ NAME
  ;

// ---- keywords
REGULATION : '规定' | 'regulation' ;
COMMON : '共用' | 'common' ;
VOCABULARY : '词汇' | 'vocabulary' ;
ISSUED_BY : '制定机关' | 'issued by' ;
TIME_ZONE : '时区' | 'time zone' ;
USES : '引用' | 'uses' ;
VERSION : '版本' | 'version' ;
COMMENCEMENT : '施行' | 'commencement' ;
UNSTATED : '未载明' | 'unstated' ;
SUMMARY : '概要' | 'summary' ;
INTERPRETATION : '口径' | 'interpretation' ;
DEFINE : '定义' | 'define' ;
GROUND : '情形' | 'ground' ;
ACT : '行为' | 'act' ;
DUTY : '义务' | 'duty' ;
BAN : '禁止' | 'ban' ;
PERMIT : '许可' | 'permit' ;
EXEMPTION : '豁免' | 'exemption' ;
DERIVE : '派生' | 'derive' ;
APPROVAL : '审批' | 'prior approval' ;
CATEGORY : '类别' | 'category' ;
SANCTION : '处理' | 'sanction' ;
MANUAL : '人工' | 'manual' ;
RESTATES : '重申' | 'restates' ;
APPLIES : '准用' | 'applies' ;
DECLARATIVE : '宣示' | 'declarative' ;
ENUMERATION : '枚举' | 'enumeration' ;
LEDGER : '台账' | 'ledger' ;
FIELD_KEYWORD : '字段' | 'field' ;
FOR_EACH : '对每个' | 'for each' ;
FOR : '对' | 'for' ;
AS : '为' | 'as' ;
DEFAULT : '默认' | 'default' ;
EXCEPT : '例外' | 'except' ;
THEN : '则' | 'then' ;
CATCH_ALL : '兜底' | 'catch_all' ;
WHEN : '当' | 'when' ;
UNLESS : '除非' | 'unless' ;
SHALL : '应当' | 'shall' ;
MUST_NOT : '不得' | 'must not' ;
MAY : '可以' | 'may' ;
WITH : '以' | 'with' ;
DECISIVE : '为准' | 'decisive' ;
DEADLINE : '期限' | 'deadline' ;
FROM : '自' | 'from' ;
WITHIN : '起' | 'within' ;
NO_LATER_THAN : '不晚于' | 'no later than' ;
BEFORE : '先于' | 'before' ;
AWAITING : '等候' | 'awaiting' ;
TIMED_BY : '时点' | 'timed by' ;
MAY_FALL_UNDER : '可归入' | 'may fall under' ;
RESTING_ON : '依' | 'resting on' ;
CLAIMED_BY : '须主张' | 'claimed by' ;
BY : '由' | 'by' ;
CHECKS : '查看' | 'checks' ;
FREQUENCY : '频次' | 'frequency' ;
STEP : '步骤' | 'step' ;
ORDERED : '依次' | 'ordered' ;
NO_ROLLOVER : '不顺延' | 'no rollover' ;
ROLLOVER : '顺延' | 'rollover' ;
GENERALLY : '原则上' | 'generally' ;
CUMULATIVE : '并处' | 'cumulative' ;
FORMERLY : '曾用' | 'formerly' ;
VALID : '有效' | 'valid' ;
UNTIL : '至' | 'until' ;
BECAUSE : '理由' | 'because' ;
MESSAGE : '说明' | 'message' ;
OPEN : '可增' | 'open' ;
SUPPLIED_BY : '提供' | 'supplied by' ;
CHILD_OF : '从属' | 'child of' ;
LISTED_AS : '列' | 'listed as' ;
VIA : '反引' | 'via' ;
KEY : '标识' | 'key' ;
BELONGS_TO : '归属' | 'belongs to' ;
CLOCKED_BY : '计时' | 'clocked by' ;
PER : '按' | 'per' ;
COLLECTING : '汇集' | 'collecting' ;
REQUIRED : '必填' | 'required' ;
OPTIONAL : '可缺' | 'optional' ;
OBSERVED : '待查' | 'observed' ;
ANY : '有' | 'some' ;
NONE : '没有' | 'no' ;
EVERY : '每个' | 'every' ;
COUNT : '计数' | 'count' ;
SUM : '合计' | 'sum' ;
EARLIEST : '最早' | 'earliest' ;
LATEST : '最晚' | 'latest' ;
MERGED : '合并' | 'merged' ;
IN : '于' | 'in' ;
SUCH_THAT : '使' | 'such that' ;
WHERE : '其中' | 'where' ;
SATISFIES : '均' | 'satisfies' ;
TAKING : '取' | 'taking' ;
AND : '且' | 'and' ;
OR : '或' | 'or' ;
NOT : '非' | 'not' ;
IS_ONE_OF : '属于' | 'is one of' ;
HAS_ANY_OF : '含任一' | 'has any of' ;
HAS_ALL_OF : '含全部' | 'has all of' ;
COVERS : '覆盖' | 'covers' ;
IS_GIVEN : '已填' | 'is given' ;
IS_MISSING : '未填' | 'is missing' ;
IS_RULED_ON : '已认定' | 'is ruled on' ;
TRUE_ : '是' | 'true' ;
FALSE_ : '否' | 'false' ;

NAME : [\p{L}_] [\p{L}\p{N}_]* ;

// ---- punctuation
EQUALS : [=＝] ;
NOT_EQUAL : [!！] [=＝] ;
LESS_EQUAL : [<＜] [=＝] ;
GREATER_EQUAL : [>＞] [=＝] ;
LESS : [<＜] ;
GREATER : [>＞] ;
PLUS : [+＋] ;
MINUS : [-－] ;
TIMES : [*＊] ;
DIVIDE : [/／] ;
OPEN_ROUND : [(（] ;
CLOSE_ROUND : [)）] ;
OPEN_CURLY : [{｛] ;
CLOSE_CURLY : [}｝] ;
OPEN_SQUARE : [\u005B\uFF3B] ;
CLOSE_SQUARE : [\u005D\uFF3D] ;
COMMA : [,，、] ;
COLON : [:：] ;

COMMENT : [/／] [/／] ~[\r\n]* -> skip ;
SPACE : [ \t\r\n\u3000\uFEFF]+ -> skip ;
// Anything else is reported by lex.cc, which knows the look-alikes.
OTHER : . ;
