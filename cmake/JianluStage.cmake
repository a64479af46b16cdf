# jianlu_stage(NAME [SOURCES ...] [USES ...] [TESTS ...])
#
# Declares the library of one folder and, from tests/unit/NAME, its test program.
# Without SOURCES, every .cc file beside the CMakeLists.txt belongs to the library.
function(jianlu_stage name)
  cmake_parse_arguments(STAGE "" "" "SOURCES;USES;PRIVATE_USES" ${ARGN})
  if(NOT STAGE_SOURCES)
    file(GLOB STAGE_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  endif()
  add_library(jianlu_${name} STATIC ${STAGE_SOURCES})
  target_include_directories(jianlu_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(jianlu_${name} PRIVATE -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wno-restrict)
  target_link_libraries(jianlu_${name} PUBLIC ${STAGE_USES} PRIVATE ${STAGE_PRIVATE_USES})
  jianlu_tests(${name} USES jianlu_${name})
endfunction()

# jianlu_tests(NAME USES ...): tests/unit/NAME/*.cc become one Catch2 program, run by CTest as unit/NAME.
function(jianlu_tests name)
  cmake_parse_arguments(TEST "" "" "USES" ${ARGN})
  file(GLOB test_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/${name}/*.cc)
  if(test_sources)
    add_executable(test_${name} ${test_sources} ${CMAKE_SOURCE_DIR}/tests/unit/main.cc)
    target_link_libraries(test_${name} PRIVATE ${TEST_USES} Catch2::Catch2)
    target_compile_definitions(test_${name} PRIVATE JIANLU_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME unit/${name} COMMAND test_${name})
  endif()
endfunction()
