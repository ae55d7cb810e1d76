# Configures a project that has Evenkeel inside. In a bare bookworm it is built and run, too: tests/package/subdirectory.sh.
file(REMOVE_RECURSE ${BINARY})
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
run(${CMAKE_COMMAND} -G Ninja -S ${SOURCE} -B ${BINARY} -DEVENKEEL_SOURCE=${EVENKEEL_SOURCE} -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_C_COMPILER=${CC})
