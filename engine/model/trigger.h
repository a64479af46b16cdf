// Instants that hang on an event still to come.
#pragma once

#include "engine/model/rulebook.h"

namespace jianlu::model {

// Whether an instant, where it is none, can only turn out to lie after everything that has happened: it is none because an
// event of a row has not happened (s.返回单位), and is not before that event (s.返回单位 + 24小时, 日终(…), 较晚(…)). False where that is
// not certain: 先于 v.开始 - 3日 may have passed before the start is known.
bool follows_its_trigger(const Rulebook& book, ExprId instant);

}  // namespace jianlu::model
