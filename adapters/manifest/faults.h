// The wording of what can be wrong with a manifest, for both formats.
#pragma once

#include <string>
#include <string_view>

#include "engine/calendar/text.h"
#include "engine/diag/diag.h"
#include "engine/model/vocabulary.h"

namespace jianlu::manifest {

struct Fault {
  diag::Words what, mend;
};

Fault unknown_top(std::string_view name, const model::Vocabulary& vocabulary);
Fault unknown_ledger(std::string_view name, const model::Vocabulary& vocabulary);
Fault unknown_field(std::string_view name, const model::Vocabulary& vocabulary, model::EntityId entity);
Fault unknown_value(std::string_view text, const model::Enumeration& enumeration);
Fault unknown_zone(std::string_view name);
Fault not_our_bureau(std::string_view name, std::string_view ours);
Fault unknown_part(std::string_view name, std::string_view expected_zh, std::string_view expected_en);
Fault given_twice(std::string_view name);
Fault no_source(const model::Entity& entity);       // calendar and derived rows
Fault not_nested(const model::Vocabulary& vocabulary, const model::Field& list);
Fault not_a_mapping();
Fault not_a_list();
Fault not_an_instant(std::string_view text, calendar::TimeFault fault);
// How a value of the type is written.
Fault wrong_value(std::string_view text, model::TypeKind kind);
Fault empty_key();
Fault backwards();                                   // an interval or a bound
Fault ends_before_start(const model::Entity& entity);  // a row, by the two fields of its period
Fault bound_not_allowed();
Fault only_in_lines();                               // `stream` in YAML
Fault not_json(std::string_view why);
Fault line_too_long();
Fault after_stream(const model::Entity& streamed);   // a line of another kind
Fault before_stream(const model::Entity& streamed);  // the stream line comes after rows of its ledger
Fault missing_part(std::string_view zh, std::string_view en);

}  // namespace jianlu::manifest
