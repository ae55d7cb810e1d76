// Carries the precompiled header of the test programs; see CMakeLists.txt.
