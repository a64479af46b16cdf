#pragma once

#include <vector>

#include "engine/store/impl.h"

namespace jianlu::store {

// What is delivered, per ledger and unit the latest instant that a current source states; origin.source: StoredSource::id.
std::vector<fact::Delivery> deliveries(Store::Impl& store);
// Where rows of current sources were kept aside.
std::vector<fact::Doubt> doubts(Store::Impl& store);

}  // namespace jianlu::store
