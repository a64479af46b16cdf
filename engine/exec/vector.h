// Marks the inner loops that the compiler turns into vector code, once for plain x86-64 and once for AVX2; the loader
// picks. Elsewhere the plain code is all there is.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
#define JIANLU_VECTOR __attribute__((target_clones("avx2", "default")))
#else
#define JIANLU_VECTOR
#endif
