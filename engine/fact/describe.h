#pragma once

#include <string>

#include "engine/calendar/zone.h"
#include "engine/fact/document.h"
#include "engine/fact/fact.h"
#include "engine/source/source.h"

namespace jianlu::fact {

// What a row is called: its key, after those of its owners; an owned row without a key counts within its list:
// "S-001/录像/R1", "S-001/语音/2". The English name where `language` says so.
std::string row_name(const Facts& facts, const model::Vocabulary& vocabulary, model::EntityId entity, Row row,
                     source::Language language);

// A cell as text: 是, 1.5, 2024-05-07T09:00:00+08:00, 1h20m, {a、b}, [lo … hi], 无, 不明.
std::string describe_cell(const Facts& facts, const model::Vocabulary& vocabulary, model::EntityId entity, Row row,
                          model::FieldId field, source::Language language, const calendar::Zone& zone);

// A row with its cells and owned rows, a line each; the same facts give the same text. For dumps and tests.
std::string describe(const Facts& facts, const model::Vocabulary& vocabulary, model::EntityId entity, Row row,
                     source::Language language, const calendar::Zone& zone);
// Every table.
std::string describe(const Facts& facts, const model::Vocabulary& vocabulary, source::Language language,
                     const calendar::Zone& zone);

// The row as a document again, owned rows included. Cells that no source stated come back as what their absence meant.
Document document_of(const Facts& facts, const model::Vocabulary& vocabulary, model::EntityId entity, Row row);

// 1.5, -0.000001, from millionths; 1h20m30.5s from microseconds. The manifest reads both back.
std::string format_number(std::int64_t millionths);
std::string format_duration(std::int64_t microseconds);

}  // namespace jianlu::fact
