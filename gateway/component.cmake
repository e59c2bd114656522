# How every folder of the product becomes a target.
#
#   duenotice_component(base SOURCES a.cpp b.cpp [LINK duenotice::x] [PRIVATE libs])
#
# makes the static library duenotice_base with the alias duenotice::base. LINK names the folders it may see
# (they become part of its interface); PRIVATE names third-party libraries, whose headers stay inside its .cpp
# files.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_library(duenotice_settings INTERFACE)
target_compile_features(duenotice_settings INTERFACE cxx_std_20)
target_include_directories(duenotice_settings INTERFACE ${PROJECT_SOURCE_DIR})
# GCC 12 warns of overlaps that are none when it optimises "literal" + std::string (GCC bug 105651): no
# -Wrestrict.
target_compile_options(duenotice_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wno-missing-field-initializers -Wnull-dereference -Wformat=2 -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wno-null-dereference -Wno-restrict>)
target_link_libraries(duenotice_settings INTERFACE Threads::Threads)

if(DUENOTICE_SANITIZE)
  target_compile_options(duenotice_settings INTERFACE
    -fsanitize=${DUENOTICE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1
    $<IF:$<BOOL:${DUENOTICE_FUZZ}>,-O1,-O0>)
  target_link_options(duenotice_settings INTERFACE -fsanitize=${DUENOTICE_SANITIZE})
endif()

if(DUENOTICE_FUZZ)
  # Coverage counters in every component: without them a fuzzer would search blindly.
  target_compile_options(duenotice_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(duenotice_component name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;PRIVATE")
  add_library(duenotice_${name} STATIC ${arg_SOURCES})
  add_library(duenotice::${name} ALIAS duenotice_${name})
  target_link_libraries(duenotice_${name} PUBLIC duenotice_settings ${arg_LINK} PRIVATE ${arg_PRIVATE})
endfunction()
