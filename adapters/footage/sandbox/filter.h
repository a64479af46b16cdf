// The system calls that a worker may make, as a program for the kernel.
#pragma once

#include <string>

namespace jianlu::footage {

// The bytes of the program (struct sock_filter[]); empty when it could not be built.
//
// A call that no honest reader makes ends the process with SIGSYS. What libraries try and can do without is
// refused instead: files and their names with EPERM, clone3 with ENOSYS.
std::string seccomp_program(bool threads);

}  // namespace jianlu::footage
