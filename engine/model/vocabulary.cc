#include "engine/model/vocabulary.h"

namespace jianlu::model {
namespace {

template <typename Items>
std::int32_t find(const Items& items, std::string_view name) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].name.zh == name || items[i].name.en == name) return static_cast<std::int32_t>(i);
  }
  return kNone;
}


}  // namespace

EntityId Vocabulary::entity(std::string_view name) const { return find(entities, name); }
EnumId Vocabulary::enumeration(std::string_view name) const { return find(enums, name); }
FieldId Vocabulary::field(EntityId entity, std::string_view name) const {
  return entity == kNone ? kNone : find(entities[entity].fields, name);
}
std::int32_t Vocabulary::value(EnumId enumeration, std::string_view name) const {
  if (enumeration == kNone) return kNone;
  const std::vector<Name>& values = enums[enumeration].values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].zh == name || values[i].en == name) return static_cast<std::int32_t>(i);
  }
  return kNone;
}

}  // namespace jianlu::model
