#include "adapters/gather/depth.h"

#include <algorithm>
#include <string_view>

namespace jianlu::gather {
namespace {

// By stable ids of the vocabulary. A field that is not listed comes from headers, file names or people.
struct Yield {
  std::string_view entity, field;
  footage::Depth depth;
};
constexpr Yield kYields[] = {
    {"recording", "edit_signs", footage::Depth::packets},
    {"edit_sign", "sign", footage::Depth::packets},
    {"edit_sign", "grade", footage::Depth::packets},
    {"recording", "has_sound", footage::Depth::frames},     // a track of silence is no sound
    {"recording", "has_picture", footage::Depth::frames},   // nor is black a picture
};

}  // namespace

footage::Depth depth_for(const std::vector<graph::FieldOf>& fields, const model::Vocabulary& vocabulary) {
  footage::Depth depth = footage::Depth::container;
  for (const Yield& yield : kYields) {
    const model::EntityId entity = vocabulary.entity(yield.entity);
    if (entity == model::kNone) continue;
    const graph::FieldOf field{entity, vocabulary.field(entity, yield.field)};
    if (field.field != model::kNone && std::find(fields.begin(), fields.end(), field) != fields.end()) depth = std::max(depth, yield.depth);
  }
  return depth;
}

}  // namespace jianlu::gather
