// Traditional Chinese characters and the simplified ones that stand for them.
#pragma once

namespace jianlu::text {

// The simplified character for a traditional one; any other as it is. One by one: no words are replaced (軟體
// is 软体).
char32_t simplified(char32_t character);

}  // namespace jianlu::text
