# Debian packages by CPack, from any built tree:  cd build/release && cpack -G DEB
# (configured with -DCMAKE_INSTALL_PREFIX=/usr the libraries go to Debian's folder of the architecture).
#   libevenkeel0      the C library              evenkeel   the program
#   libevenkeel-dev   headers, the C++ libraries (static), CMake and pkg-config files, the documents' schemas
# tests/package/debian.sh makes them and tries them in a bare bookworm.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL library development program)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "Evenkeel maintainers <maintainers@evenkeel.invalid>")
set(CPACK_PACKAGE_FILE_NAME evenkeel)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libevenkeel${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS tzdata)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "keeps one booking consistent across every system (C library)
 Reads guest pages, records, calendars, listings and boards, says where they
 disagree about a booking, plans the smallest safe set of changes and applies
 it so that no crash and no other writer can lose anything.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/triggers)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME evenkeel)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS tzdata)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "keeps one booking consistent across every system (program)
 Audits the systems that hold pieces of one booking, shows what disagrees and
 why, and repairs it by plans that people can read and approve.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libevenkeel-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libevenkeel${PROJECT_VERSION_MAJOR} (= ${PROJECT_VERSION}), nlohmann-json3-dev (>= 3.11), \
libhowardhinnant-date-dev, libgumbo-dev, libsqlite3-dev, libical-dev, pkg-config")
# The packages are of the tree: built with EVENKEEL_AWS or EVENKEEL_CALENDAR, they have those adapters, and need what those link.
if(TARGET evenkeel_http)
  string(APPEND CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS ", libcurl4-openssl-dev, libpugixml-dev")
endif()
if(TARGET evenkeel_aws)
  string(APPEND CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS ", libssl-dev")
endif()
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "keeps one booking consistent across every system (development)
 Headers, the static C++ libraries, CMake and pkg-config files, and the JSON
 Schemas of all documents.")

# What Debian wants of every package: whose it is, and what changed.
foreach(part library development program)
  string(TOUPPER ${part} PART)
  set(folder ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${PART}_PACKAGE_NAME})
  install(FILES ${CMAKE_CURRENT_LIST_DIR}/copyright DESTINATION ${folder} COMPONENT ${part})
  install(FILES ${PROJECT_BINARY_DIR}/packaging/changelog.gz DESTINATION ${folder} COMPONENT ${part})
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/packaging/evenkeel.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
find_program(EVENKEEL_GZIP gzip REQUIRED)
foreach(file changelog evenkeel.1)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${file} ${PROJECT_BINARY_DIR}/packaging/${file} COPYONLY)
  execute_process(COMMAND ${EVENKEEL_GZIP} -9nkf ${PROJECT_BINARY_DIR}/packaging/${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
include(CPack)
