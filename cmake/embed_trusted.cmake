# cmake -D FOLDER=<lib/checks/trusted> -D OUTPUT=<file.cc> [-D FUNCTION=name] -P embed_trusted.cmake
# Writes trusted_files(), or the function of that name: the settings, rules and scripts that checks bring along, as
# string literals.

if(NOT FUNCTION)
  set(FUNCTION trusted_files)
endif()

set(text "#include \"lib/checks/trusted.h\"\n\nnamespace greenroom::checks {\n\n")
string(APPEND text "const std::vector<TrustedFile>& ${FUNCTION}() {\n  static const std::vector<TrustedFile> files{\n")
file(GLOB files LIST_DIRECTORIES false RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
foreach(file IN LISTS files)
  file(READ ${FOLDER}/${file} content)
  string(APPEND text "      {\"${file}\", R\"greenroom_file(${content})greenroom_file\"},\n")
endforeach()
string(APPEND text "  };\n  return files;\n}\n\n}  // namespace greenroom::checks\n")
file(WRITE ${OUTPUT} "${text}")
