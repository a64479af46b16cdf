// FootageFacts as one line of JSON, the form in which jianlu-probe answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

// One line, no newline inside, bytes that are not UTF-8 replaced.
std::string to_json(const FootageFacts& facts);

// Nothing when the text is not what to_json writes: wrong shape, unknown id, nested deeper than 8.
std::optional<FootageFacts> facts_from_json(std::string_view text);

// `text` as a JSON string, quotes included.
std::string json_quoted(std::string_view text);

}  // namespace jianlu::footage
