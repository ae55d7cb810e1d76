# Configures a project that has Evenkeel inside; in the full tier (EVENKEEL_TIER=full) it is built and run, too, which compiles everything anew.
file(REMOVE_RECURSE ${BINARY})
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
run(${CMAKE_COMMAND} -G Ninja -S ${SOURCE} -B ${BINARY} -DEVENKEEL_SOURCE=${EVENKEEL_SOURCE} -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_C_COMPILER=${CC}
    -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0)
if("$ENV{EVENKEEL_TIER}" STREQUAL "full")
  run(${CMAKE_COMMAND} --build ${BINARY})
  run(${BINARY}/consumer)
  run(${BINARY}/consumer_c)
endif()
