// Faults for the self-test of the differential test. JIANLU_FAULT(name, right, wrong) is `right`; in the library
// jianlu_exec_faults it is `wrong` while the fault of that name, listed in faults.def, is active.
#pragma once

namespace jianlu::exec {

enum class Fault {
  none,
#define JIANLU_FAULT_NAME(name, place) name,
#include "engine/exec/faults.def"
#undef JIANLU_FAULT_NAME
};

struct FaultInfo {
  Fault fault;
  const char* name;
  const char* place;
};

inline constexpr FaultInfo kFaults[] = {
#define JIANLU_FAULT_NAME(name, place) {Fault::name, #name, place},
#include "engine/exec/faults.def"
#undef JIANLU_FAULT_NAME
};

inline Fault active_fault = Fault::none;

#ifdef JIANLU_FAULTS
#define JIANLU_FAULT(name, right, wrong) (::jianlu::exec::active_fault == ::jianlu::exec::Fault::name ? (wrong) : (right))
#else
#define JIANLU_FAULT(name, right, wrong) (right)
#endif

}  // namespace jianlu::exec
