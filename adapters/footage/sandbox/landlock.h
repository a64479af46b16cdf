// Landlock: refuses every path, and what else the kernel lets it handle, to this process and its children.
#pragma once

namespace jianlu::footage {

// A ruleset that allows nothing, as a descriptor; negative where the kernel has no Landlock.
int landlock_ruleset();

// For good; asks for no_new_privs.
bool landlock_enter(int ruleset);

}  // namespace jianlu::footage
