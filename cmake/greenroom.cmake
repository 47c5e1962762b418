# The project's few CMake words: how a library, a program, a test and a fuzz target are declared.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(GREENROOM_SANITIZE "" CACHE STRING "Value of -fsanitize=, empty for none")

find_package(PkgConfig REQUIRED)
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(greenroom_flags INTERFACE)
target_include_directories(greenroom_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(greenroom_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Werror -g1)
target_link_options(greenroom_flags INTERFACE -fuse-ld=lld)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND NOT CMAKE_BUILD_TYPE STREQUAL Debug)
  # GCC 12 reports an overlap inside of std::string's operator+ that cannot happen, once it optimises (GCC's bug 105651).
  target_compile_options(greenroom_flags INTERFACE -Wno-restrict)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # libgit2's own *_INIT macros name only the first fields. GCC accepts that, and it is the compiler of everything but
  # the fuzzers.
  target_compile_options(greenroom_flags INTERFACE -Wno-missing-field-initializers)
endif()
if(CMAKE_BUILD_TYPE STREQUAL Release)
  target_compile_options(greenroom_flags INTERFACE -g0 -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
endif()
if(GREENROOM_SANITIZE)
  target_compile_options(greenroom_flags INTERFACE
    -fsanitize=${GREENROOM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(greenroom_flags INTERFACE -fsanitize=${GREENROOM_SANITIZE})
endif()
if(GREENROOM_SANITIZE STREQUAL thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # Boost.Asio ends its thread pools with a fence, which TSan does not model; it sees the locks around it.
  target_compile_options(greenroom_flags INTERFACE -Wno-tsan)
endif()
if(GREENROOM_FUZZ)
  # Coverage counters in every library, so that the fuzzers see into them.
  target_compile_options(greenroom_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Only what is threaded is worth building under TSan: `cmake --build build/tsan --target threaded`.
add_custom_target(threaded)

# greenroom_pkg(name...): a pkg-config package as the imported target PkgConfig::<name>.
macro(greenroom_pkg)
  foreach(name ${ARGN})
    if(NOT TARGET PkgConfig::${name})
      pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${name})
    endif()
  endforeach()
endmacro()

# greenroom_library(name [DEPS a b] [PRIVATE_DEPS c d]): target greenroom_<name> from the folder's
# *.cc files and those of its subfolders. DEPS are other Greenroom libraries (by short name) or targets.
function(greenroom_library name)
  cmake_parse_arguments(arg "" "" "DEPS;PRIVATE_DEPS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cc)
  if(sources)
    add_library(greenroom_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(greenroom_${name} PRIVATE ${arg_PRIVATE_DEPS})
  else()
    add_library(greenroom_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(greenroom_${name} ${scope} greenroom_flags)
  foreach(dep ${arg_DEPS})
    if(TARGET greenroom_${dep})
      target_link_libraries(greenroom_${name} ${scope} greenroom_${dep})
    else()
      target_link_libraries(greenroom_${name} ${scope} ${dep})
    endif()
  endforeach()
endfunction()

# greenroom_program(name DEPS a b): the executable greenroom-<name> from the folder's *.cc files.
function(greenroom_program name)
  cmake_parse_arguments(arg "" "OUTPUT" "DEPS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cc)
  add_executable(greenroom_program_${name} ${sources})
  if(NOT arg_OUTPUT)
    set(arg_OUTPUT greenroom-${name})
  endif()
  set_target_properties(greenroom_program_${name} PROPERTIES
    OUTPUT_NAME ${arg_OUTPUT} RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  foreach(dep ${arg_DEPS})
    if(TARGET greenroom_${dep})
      target_link_libraries(greenroom_program_${name} PRIVATE greenroom_${dep})
    else()
      target_link_libraries(greenroom_program_${name} PRIVATE ${dep})
    endif()
  endforeach()
endfunction()

# greenroom_test(name DEPS a b [LABELS x] [SERIAL] [TIMEOUT s]): a GoogleTest program from the
# folder's *.cc files and those of its subfolders; every TEST becomes one ctest entry.
function(greenroom_test name)
  cmake_parse_arguments(arg "SERIAL" "TIMEOUT" "DEPS;LABELS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cc)
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE GTest::gtest_main GTest::gmock)
  foreach(dep ${arg_DEPS})
    if(TARGET greenroom_${dep})
      target_link_libraries(test_${name} PRIVATE greenroom_${dep})
    else()
      target_link_libraries(test_${name} PRIVATE ${dep})
    endif()
  endforeach()
  target_compile_definitions(test_${name} PRIVATE
    GREENROOM_SOURCE_DIR="${CMAKE_SOURCE_DIR}" GREENROOM_BINARY_DIR="${CMAKE_BINARY_DIR}")
  set(properties TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
  if(arg_SERIAL)
    list(APPEND properties RUN_SERIAL TRUE)
  endif()
  if("threaded" IN_LIST arg_LABELS)
    add_dependencies(threaded test_${name})
  endif()
  gtest_discover_tests(test_${name} TEST_PREFIX ${name}/ PROPERTIES ${properties})
endfunction()

# greenroom_bench(name DEPS a b): the benchmark program bench/<name> of the build folder, from the folder's *.cc files.
# It reports through bench/figure.h; `./dev bench` finds it there by itself.
function(greenroom_bench name)
  cmake_parse_arguments(arg "" "" "DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  add_executable(bench_${name} ${sources})
  set_target_properties(bench_${name} PROPERTIES
    OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/benchmarks)
  target_compile_definitions(bench_${name} PRIVATE
    GREENROOM_SOURCE_DIR="${CMAKE_SOURCE_DIR}" GREENROOM_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_link_libraries(bench_${name} PRIVATE bench_figure)
  foreach(dep ${arg_DEPS})
    if(TARGET greenroom_${dep})
      target_link_libraries(bench_${name} PRIVATE greenroom_${dep})
    else()
      target_link_libraries(bench_${name} PRIVATE ${dep})
    endif()
  endforeach()
endfunction()

# greenroom_fuzz(name source DEPS a b): a libFuzzer program, corpus in tests/fuzz/corpus/<name>.
function(greenroom_fuzz name source)
  cmake_parse_arguments(arg "" "" "DEPS" ${ARGN})
  if(NOT GREENROOM_FUZZ)
    return()
  endif()
  add_executable(fuzz_${name} ${source})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  foreach(dep ${arg_DEPS})
    target_link_libraries(fuzz_${name} PRIVATE greenroom_${dep})
  endforeach()
endfunction()
