#include "engine/model/vocabulary.h"

#include <utility>

namespace jianlu::model {
namespace {

const Name& name_of(const Name& value) { return value; }
template <typename Item>
const Name& name_of(const Item& item) { return item.name; }

template <typename Items>
std::int32_t find(const Vocabulary& vocabulary, const Items& items, std::string_view written) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Name& name = name_of(items[i]);
    if ((name.zh == written || name.en == written) && vocabulary.visible(name)) return static_cast<std::int32_t>(i);
  }
  return kNone;
}

}  // namespace

Vocabulary Vocabulary::seen_from(std::string bureau) const {
  Vocabulary out = *this;
  out.viewer = std::move(bureau);
  return out;
}

EntityId Vocabulary::entity(std::string_view name) const { return find(*this, entities, name); }
EnumId Vocabulary::enumeration(std::string_view name) const { return find(*this, enums, name); }
FieldId Vocabulary::field(EntityId entity, std::string_view name) const {
  return entity == kNone ? kNone : find(*this, entities[entity].fields, name);
}
std::int32_t Vocabulary::value(EnumId enumeration, std::string_view name) const {
  return enumeration == kNone ? kNone : find(*this, enums[enumeration].values, name);
}

}  // namespace jianlu::model
